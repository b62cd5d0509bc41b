import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ParseOption, XmlDocument, XmlElement, XmlText } from 'libxml2-wasm';
import { readXml } from '../../../../src/codecs/xml/read-xml.ts';
import { defaultDecodeLimits as limits } from '../../../../src/model/codec.ts';
import type { TreeNode } from '../../../../src/model/message.ts';

const corpus = process.env['CORPUS_DIR'] ?? '';
const folders = ['cxml', 'ubl', 'cii', 'gs1xml', 'idoc', 'oagis', 'sbdh'];
const option = ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE;

/** libxml2 as an independent witness: same files well-formed, same names, attributes and texts. */
describe('xml corpus', () => {
  for (const folder of folders) {
    it(`agrees with libxml2 on ${folder}`, function () {
      this.timeout(60_000);
      const files = xmlFiles(join(corpus, folder));
      if (corpus === '' || files.length === 0) {
        console.log(`      skipped: CORPUS_DIR names no folder with ${folder} files`);
        this.skip();
      }
      for (const file of files) expect(ours(file), file).to.deep.equal(theirs(file));
    });
  }
});

const xmlFiles = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.xml'))
        .map((name) => join(folder, name))
    : [];

function ours(file: string): string[] | 'not well-formed' {
  const { root, fault } = readXml(readFileSync(file), { limits });
  return root === undefined || fault !== undefined ? 'not well-formed' : ourLines(root);
}

const ourLines = (node: TreeNode): string[] => [
  `${node.name} ${node.text}`,
  ...node.attributes
    .filter(({ name }) => !/^xmlns(:|$)/.test(name))
    .map(({ name, value }) => `@${name.replace(/^.*:/, '')}=${value}`),
  ...node.children.flatMap(ourLines),
];

function theirs(file: string): string[] | 'not well-formed' {
  try {
    using document = XmlDocument.fromBuffer(readFileSync(file), { option });
    return theirLines(document.root);
  } catch {
    return 'not well-formed';
  }
}

function theirLines(element: XmlElement): string[] {
  const lines: string[] = [];
  let text = '';
  for (let child = element.firstChild; child !== null; child = child.next) {
    if (child instanceof XmlElement) lines.push(...theirLines(child));
    else if (child instanceof XmlText || child.constructor.name === 'XmlCData')
      text += child.content;
  }
  const trimmed = text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
  const prefix = element.prefix === '' ? '' : `${element.prefix}:`;
  const attributes = element.attrs.map(({ name, value }) => `@${name}=${value}`);
  return [`${prefix}${element.name} ${trimmed}`, ...attributes, ...lines];
}
