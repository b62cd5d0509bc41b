/**
 * One function for all fields finds a property by a name that differs each time, which an engine
 * cannot make fast. A field or list is named when its mapping is compiled, so each gets a function of its own
 * text, with the name in it. Names are those of the document's schema, and are checked to be plain.
 */
type Entry = Record<string, unknown>;

/** False when the field is set already. */
export type Setter = (entry: Entry, value: string) => boolean;

/** Adds to a list, which is made with its first item; how many it has then. */
export type Pusher = (entry: Entry, value: unknown) => number;

/** Made once for each name. Names of extensions, as `x-acme`, are not plain. */
function onceByName<T>(generated: (name: string) => T, general: (name: string) => T) {
  const known = new Map<string, T>();
  return (name: string): T => {
    const isPlain = /^[A-Za-z]\w{0,99}$/.test(name);
    const made = known.get(name) ?? (isPlain ? generated(name) : general(name));
    known.set(name, made);
    return made;
  };
}

const generatedSetter = (name: string): Setter =>
  new Function(
    'entry',
    'value',
    `if (entry.${name} !== undefined) return false; entry.${name} = value; return true;`,
  ) as Setter;

const generalSetter =
  (name: string): Setter =>
  (entry, value) => {
    if (entry[name] !== undefined) return false;
    entry[name] = value;
    return true;
  };

const generatedPusher = (name: string): Pusher =>
  new Function(
    'entry',
    'value',
    `const list = entry.${name}; if (Array.isArray(list)) return list.push(value);
    entry.${name} = [value]; return 1;`,
  ) as Pusher;

const generalPusher =
  (name: string): Pusher =>
  (entry, value) => {
    const list = entry[name];
    if (Array.isArray(list)) return list.push(value);
    entry[name] = [value];
    return 1;
  };

export const setterOf: (name: string) => Setter = onceByName(generatedSetter, generalSetter);
export const pusherOf: (name: string) => Pusher = onceByName(generatedPusher, generalPusher);
