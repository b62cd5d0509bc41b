/** Built nodes to a tree: elements of XML, members of JSON. */
import type { TreeData } from '../../model/message.ts';
import type { Built } from './writing.ts';

export function emitXml(root: Built): TreeData {
  return elementOf(root.children[0] ?? root);
}

function elementOf(built: Built): TreeData {
  return {
    name: built.name,
    ...(built.text === '' ? {} : { text: built.text }),
    ...(built.attributes.length === 0 ? {} : { attributes: built.attributes }),
    ...(built.children.length === 0 ? {} : { children: built.children.map(elementOf) }),
  };
}

/** A place that repeats is an array, however many values it has. */
export const emitJson = (root: Built): TreeData => ({ ...objectOf(root), json: 'object' });

const objectOf = (built: Built): TreeData => ({ name: built.name, children: membersOf(built) });

function membersOf({ children }: Built): readonly TreeData[] {
  const members = new Map<string, Member>();
  for (const child of children) {
    const value = memberOf(child);
    const isArray = child.rule?.repeats === true;
    const known = members.get(child.name);
    if (known === undefined) members.set(child.name, { values: [value], isArray });
    else known.values.push(value);
  }
  return [...members.values()].flatMap(({ values, isArray }) =>
    isArray || values.length > 1 ? values.map((value) => ({ ...value, inArray: true })) : values,
  );
}

interface Member {
  readonly values: TreeData[];
  readonly isArray: boolean;
}

function memberOf(built: Built): TreeData {
  if (built.text === '' || built.children.length > 0) return { ...objectOf(built), json: 'object' };
  return { name: built.name, text: built.text, json: built.json ?? 'string' };
}
