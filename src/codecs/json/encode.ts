/** Messages as JSON text: one object, or an array of objects for several messages. */
import type { InterchangeData } from '../../model/envelope.ts';
import { HubError } from '../../model/errors.ts';
import type { TreeData } from '../../model/message.ts';

/** Compact, with a line feed at the end. Throws HubError `cannot-encode`. */
export function encodeJson(interchange: InterchangeData): Uint8Array {
  const objects = interchange.groups
    .flatMap((group) => group.messages)
    .map(({ content }) => {
      if (content.form !== 'tree') throw unwritable('A JSON message is a tree, not segments.');
      return objectText(content.root, '');
    });
  const [only] = objects;
  const text = only !== undefined && objects.length === 1 ? only : `[${objects.join(',')}]`;
  return Buffer.from(`${text}\n`, 'utf8');
}

const DEPTH_MAX = 500;
const numberForm = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/** Children of one name are the items of an array; one alone is where it says so. */
function objectText(node: TreeData, place: string, depth = 0): string {
  if (depth > DEPTH_MAX) throw unwritable(`More than ${DEPTH_MAX} objects inside each other.`);
  const members = new Map<string, TreeData[]>();
  for (const child of node.children ?? []) {
    const same = members.get(child.name);
    if (same === undefined) members.set(child.name, [child]);
    else same.push(child);
  }
  const texts = [...members].map(([name, nodes]) => {
    const at = place === '' ? name : `${place}/${name}`;
    return `${quoted(name, at)}:${memberText(nodes, at, depth + 1)}`;
  });
  return `{${texts.join(',')}}`;
}

function memberText(nodes: readonly TreeData[], place: string, depth: number): string {
  const [first] = nodes;
  const isItem = first?.inArray === true || (first?.json === 'array' && !isWrapper(first));
  if (first !== undefined && nodes.length === 1 && !isItem) return valueText(first, place, depth);
  return `[${nodes.map((item) => valueText(item, place, depth)).join(',')}]`;
}

function valueText(node: TreeData, place: string, depth: number): string {
  if ((node.attributes ?? []).length > 0) throw unwritable(`JSON has no attributes (at ${place}).`);
  if (isWrapper(node)) {
    const items = node.children ?? [];
    return `[${items.map((item) => valueText(item, place, depth + 1)).join(',')}]`;
  }
  if (node.json === 'object' || (node.children ?? []).length > 0) {
    return objectText(node, place, depth);
  }
  return scalarText(node, place);
}

/** An array as one node: an array inside an array, or an empty one. */
const isWrapper = (node: TreeData): boolean =>
  node.json === 'array' &&
  (node.text ?? '') === '' &&
  (node.children ?? []).every((child) => child.inArray === true || child.name === '');

function scalarText(node: TreeData, place: string): string {
  const text = node.text ?? '';
  if (node.json === 'null') return 'null';
  if (node.json === 'number') {
    if (numberForm.test(text)) return text;
    throw unwritable(`"${text.slice(0, 100)}" at ${place} is no JSON number.`);
  }
  if (node.json === 'boolean') {
    if (text === 'true' || text === 'false') return text;
    throw unwritable(`"${text.slice(0, 100)}" at ${place} is neither true nor false.`);
  }
  return quoted(text, place);
}

function quoted(text: string, place: string): string {
  if (text.isWellFormed()) return JSON.stringify(text);
  throw unwritable(`The value at ${place} holds half a surrogate pair, which is no character.`);
}

const unwritable = (text: string): HubError => new HubError('cannot-encode', text);
