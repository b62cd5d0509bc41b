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

const setters = new Map<string, Setter>();
const pushers = new Map<string, Pusher>();

export function setterOf(name: string): Setter {
  const known = setters.get(name);
  if (known !== undefined) return known;
  const made = isPlain(name) ? generatedSetter(name) : generalSetter(name);
  setters.set(name, made);
  return made;
}

export function pusherOf(name: string): Pusher {
  const known = pushers.get(name);
  if (known !== undefined) return known;
  const made = isPlain(name) ? generatedPusher(name) : generalPusher(name);
  pushers.set(name, made);
  return made;
}

/** Not `x-acme`: names of extensions. */
const isPlain = (name: string): boolean => /^[A-Za-z]\w{0,99}$/.test(name);

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
