/** A cXML file as our codec reads it, and the few ways to look into its tree. */
import { type CodecEvent, defaultDecodeLimits } from '../../model/codec.ts';
import type { InterchangeEnvelope } from '../../model/envelope.ts';
import type { TreeNode } from '../../model/message.ts';
import { codecNamed } from './read-edi.ts';

export interface ReadCxml {
  readonly envelope: InterchangeEnvelope | undefined;
  /** `InvoiceDetailRequest`. */
  readonly name: string;
  readonly root: TreeNode | undefined;
  readonly faults: readonly string[];
}

export function readCxml(bytes: Uint8Array): ReadCxml {
  let envelope: InterchangeEnvelope | undefined;
  let name = '';
  let root: TreeNode | undefined;
  const faults: string[] = [];
  const on = (event: CodecEvent): void => {
    if ('findings' in event) faults.push(...event.findings.map(({ text }) => text));
    if (event.is === 'interchange') envelope = event.envelope;
    if (event.is !== 'message' || event.message.content.form !== 'tree') return;
    name = event.message.type.name;
    root = event.message.content.root;
  };
  const decoder = codecNamed('cxml').decoder(on, { limits: defaultDecodeLimits });
  decoder.write(bytes);
  decoder.end();
  return { envelope, name, root, faults };
}

/** All elements of a name at any depth, in order. */
export function every(node: TreeNode | undefined, name: string): readonly TreeNode[] {
  if (node === undefined) return [];
  const below = node.children.flatMap((child) => every(child, name));
  return node.name === name ? [node, ...below] : below;
}

/** The first element on a path, each step at any depth below the one before. */
export const at = (node: TreeNode | undefined, ...path: readonly string[]): TreeNode | undefined =>
  path.reduce((found, name) => every(found, name)[0], node);

export const attribute = (node: TreeNode | undefined, name: string): string =>
  node?.attributes.find((found) => found.name === name)?.value ?? '';

export const textAt = (node: TreeNode | undefined, ...path: readonly string[]): string =>
  at(node, ...path)?.text.trim() ?? '';
