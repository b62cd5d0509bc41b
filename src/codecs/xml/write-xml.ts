/** A tree to the bytes of an XML file. */
import { HubError } from '../../model/errors.ts';
import type { TreeData } from '../../model/message.ts';
import { checkName, escapeAttribute, escapeText } from './characters.ts';

export interface XmlWriting {
  /** What stands between the XML declaration and the root: `<!DOCTYPE ...>`. */
  readonly doctype?: string;
  /** `latin1` writes ISO-8859-1 with other characters as references; anything else is UTF-8. */
  readonly charset?: string;
  /** Where given, elements stand on lines of their own, indented by two. */
  readonly lineBreak?: string;
}

const DEPTH_MAX = 500;

/** Throws HubError `cannot-encode` for names and characters that XML cannot hold. */
export function writeXml(root: TreeData, writing: XmlWriting = {}): Uint8Array {
  const isLatin1 = writing.charset === 'latin1';
  const lines: string[] = [
    `<?xml version="1.0" encoding="${isLatin1 ? 'ISO-8859-1' : 'UTF-8'}"?>`,
    ...(writing.doctype === undefined ? [] : [writing.doctype]),
  ];
  const out = [lines.map((line) => `${line}${writing.lineBreak ?? '\n'}`).join('')];
  writeElement(out, root, '', { lineBreak: writing.lineBreak, depth: 0 });
  const text = `${out.join('')}${writing.lineBreak ?? '\n'}`;
  return isLatin1 ? Buffer.from(asLatin1(text), 'latin1') : Buffer.from(text, 'utf8');
}

interface Layout {
  readonly lineBreak: string | undefined;
  readonly depth: number;
}

function writeElement(out: string[], node: TreeData, parent: string, layout: Layout): void {
  const place = parent === '' ? node.name : `${parent}/${node.name}`;
  if (layout.depth > DEPTH_MAX) {
    throw new HubError('cannot-encode', `More than ${DEPTH_MAX} elements inside each other.`);
  }
  out.push('<', checkName(node.name, place));
  writeAttributes(out, node, place);
  const children = node.children ?? [];
  const text = escapeText(node.text ?? '', place);
  if (children.length === 0 && text === '') out.push('/>');
  else {
    out.push('>', text);
    // Line breaks beside text would become part of it.
    const inner = {
      lineBreak: text === '' ? layout.lineBreak : undefined,
      depth: layout.depth + 1,
    };
    for (const child of children) {
      out.push(indent(inner));
      writeElement(out, child, place, inner);
    }
    if (children.length > 0) out.push(indent({ ...inner, depth: layout.depth }));
    out.push('</', node.name, '>');
  }
}

const indent = (layout: Layout): string =>
  layout.lineBreak === undefined ? '' : `${layout.lineBreak}${'  '.repeat(layout.depth)}`;

function writeAttributes(out: string[], node: TreeData, place: string): void {
  const seen = new Set<string>();
  for (const { name, value } of node.attributes ?? []) {
    const at = `${place}/@${name}`;
    if (seen.has(name)) throw new HubError('cannot-encode', `${at} is given twice.`);
    seen.add(name);
    out.push(' ', checkName(name, at), '="', escapeAttribute(value, at), '"');
  }
}

/** References for what ISO-8859-1 lacks. Only data can hold such characters: names are ours. */
const asLatin1 = (text: string): string =>
  text.replace(/[^\u0000-\u00FF]/gu, (character) => `&#${character.codePointAt(0)};`);
