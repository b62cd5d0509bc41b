/** Nodes while a tree grows. A finished one is an ordinary TreeNode. */
import type { TreeAttribute, TreeNode } from '../../model/message.ts';

export interface GrownNode extends TreeNode {
  text: string;
  end: number;
  readonly attributes: TreeAttribute[];
  readonly children: GrownNode[];
}

export const grownNode = (name: string, start: number): GrownNode => ({
  name,
  text: '',
  attributes: [],
  children: [],
  start,
  end: start,
});

/** Blanks around the text of an element are layout in business documents; inside it they stay. */
export function finishNode(node: GrownNode, end: number): void {
  node.end = end;
  if (node.text !== '') node.text = trimBlanks(node.text);
}

/** XML's blanks only: a no-break space is data. */
export function trimBlanks(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

const isBlank = (code: number): boolean =>
  code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;
