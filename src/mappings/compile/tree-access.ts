/** Reaching into a tree: XML elements, JSON members, CSV rows. Claims are nodes and attributes. */
import type { Place } from '../../model/finding.ts';
import type { TreeAttribute, TreeNode } from '../../model/message.ts';
import type { LeafPlace } from '../model.ts';
import type { Access, Spot, Wanted } from './access.ts';

export class TreeAccess implements Access<TreeNode> {
  readonly root: TreeNode;
  readonly #claims: (TreeNode | TreeAttribute)[] = [];
  #paths: Map<TreeNode, string> | undefined;

  /** XML: the root is one step of every path. JSON and CSV: places begin inside it. */
  constructor(root: TreeNode, isNamed: boolean) {
    this.root = isNamed
      ? { ...emptyNode, children: [root], start: root.start, end: root.end }
      : root;
  }

  children(node: TreeNode): readonly TreeNode[] {
    return node.children;
  }

  nameOf({ name }: TreeNode): string {
    return localName(name);
  }

  isAt(rule: Wanted, node: TreeNode): boolean {
    return isNamed(node.name, rule.name);
  }

  child(node: TreeNode, name: string): TreeNode | undefined {
    return node.children.find((child) => isNamed(child.name, name));
  }

  value(node: TreeNode, place: LeafPlace): string {
    if (place.attribute === '') return node.text;
    return attributeOf(node, place.attribute)?.value ?? '';
  }

  /** Trees have no positions, and so no end of them. */
  extent(): number {
    return Number.POSITIVE_INFINITY;
  }

  repeats(): number {
    return 1;
  }

  claim(node: TreeNode, place: LeafPlace): void {
    this.#claims.push(attributeOf(node, place.attribute) ?? node);
  }

  claimAll(node: TreeNode): void {
    this.#claims.push(node, ...node.attributes);
    for (const child of node.children) this.claimAll(child);
  }

  claims(): number {
    return this.#claims.length;
  }

  undo(claims: number): void {
    this.#claims.length = claims;
  }

  isClaimed(node: TreeNode, place: LeafPlace, _base: number, since: number): boolean {
    return this.#claims.indexOf(attributeOf(node, place.attribute) ?? node, since) >= 0;
  }

  where(node: TreeNode, { place }: Spot): Place {
    const attribute = attributeOf(node, place.attribute);
    const { start, end } = attribute ?? node;
    const path = this.#pathOf(node);
    return { path: attribute === undefined ? path : `${path}/@${attribute.name}`, start, end };
  }

  whereNode(node: TreeNode): Place {
    return { path: this.#pathOf(node), start: node.start, end: node.end };
  }

  unmapped(tell: (value: string, path: string, place: () => Place) => void): void {
    const claimed = new Set(this.#claims);
    const visit = (node: TreeNode): void => {
      if (node.name === 'Header' && cxmlEnvelope.has(this.#pathOf(node))) return;
      for (const attribute of node.attributes) {
        if (claimed.has(attribute) || attribute.value === '' || isNamespace(attribute)) continue;
        const { start, end, name, value } = attribute;
        const path = `${this.#pathOf(node)}/@${name}`;
        if (!cxmlEnvelope.has(path)) tell(value, path, () => ({ path, start, end }));
      }
      if (node.text !== '' && !claimed.has(node) && !isBlank(node)) {
        const path = this.#pathOf(node);
        tell(node.text, path, () => ({ path, start: node.start, end: node.end }));
      }
      for (const child of node.children) visit(child);
    };
    visit(this.root);
  }

  #pathOf(node: TreeNode): string {
    this.#paths ??= pathsOf(this.root);
    return this.#paths.get(node) ?? node.name;
  }
}

/** What the codec reads and writes; a secret of the header must never be quoted in a finding. */
const cxmlEnvelope: ReadonlySet<string> = new Set([
  'cXML/@payloadID',
  'cXML/@timestamp',
  'cXML/Header',
  'cXML/Request/@deploymentMode',
]);

const emptyNode: TreeNode = { name: '', text: '', attributes: [], children: [], start: 0, end: 0 };

/** Blanks between the elements of an element are layout. */
const isBlank = (node: TreeNode): boolean => node.children.length > 0 && node.text.trim() === '';

/** Declarations of prefixes are not data: prefixes are the writer's choice. */
const isNamespace = ({ name }: TreeAttribute): boolean =>
  name === 'xmlns' || name.startsWith('xmlns:');

function attributeOf(node: TreeNode, name: string): TreeAttribute | undefined {
  if (name === '') return undefined;
  for (const attribute of node.attributes) if (attribute.name === name) return attribute;
  return undefined;
}

/** `cbc:ID` in a mapping is `ID` or `x:ID` in a file with other prefixes. */
function isNamed(name: string, wanted: string): boolean {
  if (name === wanted) return true;
  return wanted.includes(':') && localName(name) === localName(wanted);
}

export const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

function pathsOf(root: TreeNode): Map<TreeNode, string> {
  const paths = new Map<TreeNode, string>();
  const visit = (node: TreeNode, path: string): void => {
    paths.set(node, path);
    const totals = Map.groupBy(node.children, (child) => child.name);
    const counts = new Map<string, number>();
    for (const child of node.children) {
      const count = (counts.get(child.name) ?? 0) + 1;
      counts.set(child.name, count);
      const many = totals.get(child.name)!.length > 1;
      const step = many ? `${child.name}[${count}]` : child.name;
      visit(child, path === '' ? step : `${path}/${step}`);
    }
  };
  visit(root, '');
  return paths;
}
