/**
 * One function for all fields finds a property by a name that differs each time, which an engine
 * cannot make fast. A field is named when its mapping is compiled, so each gets a function of its own
 * text, with the name in it. Names are those of the document's schema, and are checked to be plain.
 */
type Entry = Record<string, unknown>;

/** False when the field is set already. */
export type Setter = (entry: Entry, value: string) => boolean;

const setters = new Map<string, Setter>();

export function setterOf(name: string): Setter {
  const known = setters.get(name);
  if (known !== undefined) return known;
  const made = /^[A-Za-z]\w{0,99}$/.test(name) ? generated(name) : general(name);
  setters.set(name, made);
  return made;
}

const generated = (name: string): Setter =>
  new Function(
    'entry',
    'value',
    `if (entry.${name} !== undefined) return false; entry.${name} = value; return true;`,
  ) as Setter;

/** `x-acme`: names of extensions. */
const general =
  (name: string): Setter =>
  (entry, value) => {
    if (entry[name] !== undefined) return false;
    entry[name] = value;
    return true;
  };
