/** Trees as short texts for tests: `a(x=1)[b"text" c]`. */
import type { TreeNode } from '../../../../src/model/message.ts';

export function treeText(node: TreeNode | undefined): string {
  if (node === undefined) return '';
  const attributes = node.attributes.map(({ name, value }) => `${name}=${value}`).join(' ');
  const children = node.children.map(treeText).join(' ');
  return [
    node.name,
    attributes === '' ? '' : `(${attributes})`,
    node.text === '' ? '' : JSON.stringify(node.text),
    children === '' ? '' : `[${children}]`,
  ].join('');
}

/** Every node and attribute with the bytes that its range names. */
export function rangeTexts(node: TreeNode, bytes: Buffer, encoding: BufferEncoding): string[] {
  const slice = ({ start, end }: { start: number; end: number }) =>
    bytes.subarray(start, end).toString(encoding);
  return [
    `${node.name}: ${slice(node)}`,
    ...node.attributes.map((attribute) => `@${attribute.name}: ${slice(attribute)}`),
    ...node.children.flatMap((child) => rangeTexts(child, bytes, encoding)),
  ];
}
