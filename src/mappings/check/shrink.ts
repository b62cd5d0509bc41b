/** The smallest document that still breaks a law: parts are taken away for as long as it does. */
import type { Entry } from '../compile/fields.ts';

type Path = readonly (string | number)[];

const triesMax = 3000;

/** `isBroken` is asked of ever smaller copies; the fields named in `keep` stay. */
export function shrink(
  document: Entry,
  isBroken: (document: Entry) => boolean,
  keep: readonly string[] = ['document', 'number'],
): Entry {
  let smallest = document;
  let tries = 0;
  for (let isSmaller = true; isSmaller && tries < triesMax; ) {
    isSmaller = false;
    for (const path of pathsOf(smallest, keep)) {
      if (++tries > triesMax) break;
      const candidate = without(smallest, path);
      if (candidate === undefined || !isBroken(candidate)) continue;
      smallest = candidate;
      isSmaller = true;
    }
  }
  return smallest;
}

/** Large parts first: a list goes whole before its entries are tried. */
function pathsOf(document: Entry, keep: readonly string[]): readonly Path[] {
  const paths: Path[] = [];
  const visit = (value: unknown, path: Path): void => {
    if (path.length > 0 && !(path.length === 1 && keep.includes(String(path[0])))) paths.push(path);
    if (Array.isArray(value)) value.forEach((each, at) => void visit(each, [...path, at]));
    else if (typeof value === 'object' && value !== null) {
      for (const [key, each] of Object.entries(value)) visit(each, [...path, key]);
    }
  };
  visit(document, []);
  return paths.toSorted((a, b) => a.length - b.length);
}

/** undefined when the path is not there any more. Emptied holders go with what they held. */
export function without(document: Entry, path: Path): Entry | undefined {
  const copy = structuredClone(document);
  const holders: (Record<string | number, unknown> | unknown[])[] = [copy];
  for (const step of path.slice(0, -1)) {
    const next = (holders.at(-1) as Record<string | number, unknown>)[step];
    if (typeof next !== 'object' || next === null) return undefined;
    holders.push(next as Record<string | number, unknown>);
  }
  for (let at = path.length - 1; at >= 0; at--) {
    const holder = holders[at]!;
    const step = path[at]!;
    if (at === path.length - 1 && !(step in holder)) return undefined;
    if (Array.isArray(holder)) holder.splice(Number(step), 1);
    else delete holder[step];
    if (Object.keys(holder).length > 0) break;
  }
  return copy;
}

/** `lines[2].items[0].id` as steps. Keys that hold points are not told apart. */
export const stepsOf = (path: string): Path =>
  path
    .split(/[.[\]]+/)
    .filter((step) => step !== '')
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
