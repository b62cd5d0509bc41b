/** Mappings of a test in a folder of their own, and messages made by the real codecs. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cxml } from '../../../src/codecs/cxml/cxml.ts';
import { edifact } from '../../../src/codecs/edifact/index.ts';
import { json } from '../../../src/codecs/json/json.ts';
import { x12 } from '../../../src/codecs/x12/index.ts';
import type { Document } from '../../../src/documents/document.ts';
import { documentField } from '../../../src/documents/field.ts';
import { isDocumentKind } from '../../../src/documents/registry.ts';
import type { MappingFault } from '../../../src/mappings/fault.ts';
import { openLookups } from '../../../src/mappings/lookups.ts';
import type {
  LineageRow,
  Mapping,
  MappingContext,
  ReadResult,
} from '../../../src/mappings/mapping.ts';
import { type OpenMappings, openMappings } from '../../../src/mappings/open.ts';
import { type Codec, defaultDecodeLimits } from '../../../src/model/codec.ts';
import type { Finding } from '../../../src/model/finding.ts';
import type {
  ContentData,
  ElementData,
  Message,
  MessageType,
  SegmentData,
  TreeData,
} from '../../../src/model/message.ts';
import { checkMessage } from '../../../src/standards/check.ts';
import { openStandards } from '../../../src/standards/load.ts';

export const standards = openStandards(['standards']);

/** Files by path below the folder: `map.yaml`, `codes/x12/party.yaml`, `lookups/items.csv`. */
export function openFilesOf(files: Readonly<Record<string, string>>): OpenMappings {
  const folder = mkdtempSync(join(tmpdir(), 'mappings-'));
  for (const [path, text] of Object.entries(files)) {
    const whole = join(folder, path);
    mkdirSync(dirname(whole), { recursive: true });
    writeFileSync(whole, text);
  }
  folders.push(folder);
  return openFolders([folder], [join(folder, 'lookups')]);
}

export const openFolders = (
  mappings: readonly string[],
  lookups: readonly string[] = [],
): OpenMappings =>
  openMappings({
    folders: mappings,
    standards,
    lookups: openLookups(lookups),
    documents: (kind) => (isDocumentKind(kind) ? documentField(kind) : undefined),
  });

const folders: string[] = [];
export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
}

/** A mapping of one file, used with messages as text. */
export interface TestMapping {
  /** The codec hands out segments only while it runs, so reading happens inside. */
  read(text: string, context?: MappingContext): TestRead;
  write(document: object, context?: MappingContext): { text: string; findings: readonly string[] };
  /** Reads what it writes. */
  roundTrip(document: object): unknown;
  /** Written text as a message that can be read. */
  asMessage(written: string): string;
}
export interface TestRead {
  readonly document: Record<string, unknown>;
  /** `code path`, in the order found. */
  readonly findings: readonly string[];
  readonly whole: ReadResult;
}

/** `body` is a whole file, or only its body when it does not name its message. */
export function mappingOf(
  yaml: string,
  files: Readonly<Record<string, string>> = {},
  name = 'map',
): TestMapping {
  return testMapping(openFilesOf({ [`${name}.yaml`]: yaml, ...files }).get(name));
}

export function testMapping(mapping: Mapping): TestMapping {
  const [standard = '', version = '', set = ''] = mapping.message.split('/');
  const read = (text: string, context: MappingContext = {}): TestRead => {
    const whole = eachMessage(text, { standard, version, name: set }, (message) => {
      const found = standards.find(message.type);
      const placed = found && checkMessage(message, found.definition).root;
      return mapping.read(message, placed, context);
    });
    const document = whole.document as unknown as Record<string, unknown>;
    return { document, findings: whole.findings.map(findingText), whole };
  };
  const write: TestMapping['write'] = (document, context = {}) => {
    const { content, findings } = mapping.write(document as Document, context);
    return { text: contentText(content), findings: findings.map(findingText) };
  };
  const asMessage = (text: string): string =>
    standard === 'edifact' ? text.replaceAll('*', '+').replaceAll('^', '*') : text;
  const roundTrip = (document: object): unknown => read(asMessage(write(document).text)).document;
  return { read, write, asMessage, roundTrip };
}

/** `unmapped TD5[1]/12`: the code and the place in the mapping language, or the document path. */
export function findingText({ code, place, text }: Finding): string {
  const path = code === 'unmapped' ? text.slice(0, text.indexOf(' = ')) : place.path;
  return `${code} ${path.replace(/^(?:ST|UNH) \S+ \/ /, '')}`;
}

/** Reads the first message of a text that holds only what stands between header and trailer. */
export function eachMessage<T>(text: string, type: MessageType, call: (message: Message) => T): T {
  const [codec, bytes] = wrapped(text, type);
  let result: { value: T } | undefined;
  const decoder = codec.decoder(
    (event) => {
      if (event.is === 'message') result ??= { value: call(event.message) };
    },
    { limits: defaultDecodeLimits, messageType: type },
  );
  decoder.write(Buffer.from(bytes, 'utf8'));
  decoder.end();
  if (result === undefined) throw new Error(`no message in ${bytes.slice(0, 300)}`);
  return result.value;
}

function wrapped(text: string, type: MessageType): [Codec, string] {
  if (type.standard === 'x12') return [x12, x12Text(text, type)];
  if (type.standard === 'edifact') return [edifact, edifactText(text, type)];
  return type.standard === 'json' ? [json, text] : [cxml, text];
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

function x12Text(text: string, { version, name }: MessageType): string {
  const lines = linesOf(text);
  const repetition = version >= '00402' ? '^' : 'U';
  const isa =
    `ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260101*1200*${repetition}*` +
    `${version.slice(0, 5)}*000000001*0*T*:`;
  const gs = `GS*PO*SENDER*RECEIVER*20260101*1200*1*X*${version}`;
  const all = [
    isa,
    gs,
    `ST*${name}*0001`,
    ...lines,
    `SE*${lines.length + 2}*0001`,
    'GE*1*1',
    'IEA*1*000000001',
  ];
  return all.map((line) => `${line}~`).join('\n');
}

function edifactText(text: string, { version, name }: MessageType): string {
  const lines = linesOf(text).map((line) => (line.endsWith("'") ? line : `${line}'`));
  const release = `${version.slice(0, 1)}:${version.slice(1)}`;
  return [
    // Syntax 4 has repetitions.
    version >= 'D01'
      ? "UNB+UNOC:4+SENDER+RECEIVER+20260101:1200+1'"
      : "UNB+UNOC:3+SENDER+RECEIVER+260101:1200+1'",
    `UNH+1+${name}:${release}:UN'`,
    ...lines,
    `UNT+${lines.length + 2}+1'`,
    "UNZ+1+1'",
  ].join('\n');
}

/** Segments a line each, with `*`, `:`, `^`; trees as indented text. */
export function contentText(content: ContentData): string {
  if (content.form === 'segments') return content.segments.map(segmentText).join('\n');
  return content.root.name === '' ? jsonText(content.root) : xmlText(content.root);
}

const segmentText = ({ tag, elements }: SegmentData): string =>
  [tag, ...elements.map(elementText)].join('*');

function elementText(element: ElementData): string {
  if (typeof element === 'string') return element;
  if ('repeats' in element) return element.repeats.map(elementText).join('^');
  return element.join(':');
}

function xmlText({ name, text = '', attributes = [], children = [] }: TreeData): string {
  const inside = text + children.map(xmlText).join('');
  const start = [name, ...attributes.map((each) => `${each.name}="${each.value}"`)].join(' ');
  return inside === '' ? `<${start}/>` : `<${start}>${inside}</${name}>`;
}

function jsonText({ json: kind, text = '', children = [] }: TreeData): string {
  if (kind === 'number' || kind === 'boolean') return text;
  if (children.length === 0 && kind !== 'object') return JSON.stringify(text);
  const members = [...Map.groupBy(children, ({ name }) => name)].map(([name, all]) => {
    const values = all.map(jsonText).join(',');
    return `${JSON.stringify(name)}:${all[0]?.inArray === true ? `[${values}]` : values}`;
  });
  return `{${members.join(',')}}`;
}

/** `code line text` of every fault of a mapping file, without the folder. */
export function faultsOf(files: Readonly<Record<string, string>>, name = 'map'): readonly string[] {
  return openFilesOf(files).check(name).map(faultLine);
}

export const faultLine = ({ code, file, line, text }: MappingFault): string =>
  `${code} ${file.replace(/^.*mappings-[^/]*\//, '')}:${line} ${text}`;

/** Lineage of one read or write. */
export function lineageOf(run: (context: MappingContext) => unknown): readonly LineageRow[] {
  const lineage: LineageRow[] = [];
  run({ lineage });
  return lineage;
}
