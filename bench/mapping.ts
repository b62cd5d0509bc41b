/**
 * Reading and writing one 850 of 20 lines by the installed mapping, beside JSONata making the same
 * document from the same values (given to it as objects, so that it need not parse anything).
 *
 *     node bench/mapping.ts [runs]
 */
import { join } from 'node:path';
import jsonata from 'jsonata';
import { x12 } from '../src/codecs/x12/index.ts';
import { documentField } from '../src/documents/field.ts';
import { isDocumentKind } from '../src/documents/registry.ts';
import { noLookups } from '../src/mappings/lookups.ts';
import { openMappings } from '../src/mappings/open.ts';
import { defaultDecodeLimits } from '../src/model/codec.ts';
import type { Message, Segments } from '../src/model/message.ts';
import { checkMessage } from '../src/standards/check.ts';
import { openStandards } from '../src/standards/load.ts';

const runs = Number(process.argv[2] ?? 50);
const perRun = 100;
const warmUp = 10_000;
const target = 0.1;
const home = join(import.meta.dirname, '..');
const standards = openStandards([join(home, 'standards')]);
const before = performance.now();
const mapping = openMappings({
  folders: [join(home, 'mappings')],
  standards,
  lookups: noLookups,
  documents: (kind) => (isDocumentKind(kind) ? documentField(kind) : undefined),
}).get('x12/004010/850');
const compiled = performance.now() - before;

/** Header, parties and lines, without unmapped values, claims or findings. */
const formula = `(
  $roles := { "BY": "buyer", "SE": "seller", "ST": "shipTo", "BT": "billTo" };
  $schemes := { "BP": "buyer", "VP": "seller", "UP": "upc" };
  $date := function($d) { $substring($d, 0, 4) & "-" & $substring($d, 4, 2) & "-" & $substring($d, 6, 2) };
  $beg := segments[tag = "BEG"];
  {
    "document": "order",
    "purpose": $beg.e1 = "00" ? "original" : $beg.e1,
    "type": $beg.e2 = "SA" ? "standard" : $beg.e2,
    "number": $beg.e3,
    "issueDate": $date($beg.e5),
    "currency": segments[tag = "CUR"].e2,
    "references": segments[tag = "REF"].{ "type": e1, "id": e2 },
    "dates": segments[tag = "DTM"].{ "type": e1, "date": $date(e2) },
    "parties": segments[tag = "N1"]{ $lookup($roles, e1): {
      "name": e2, "id": { "scheme": e3, "value": e4 },
      "address": { "lines": [inside[tag = "N3"].[e1, e2]], "city": inside[tag = "N4"].e1,
        "region": inside[tag = "N4"].e2, "postcode": inside[tag = "N4"].e3 } } },
    "lines": segments[tag = "PO1"].{
      "number": e1, "quantity": e2, "unit": e3, "price": e4,
      "items": [{ "scheme": $lookup($schemes, e6), "id": e7 }, { "scheme": $lookup($schemes, e8), "id": e9 }],
      "description": inside[tag = "PID"].e5 }
  })`;

let result: Promise<void> | undefined;
const decoder = x12.decoder(
  (event) => {
    if (event.is === 'message') measure(event.message);
  },
  { limits: defaultDecodeLimits },
);
decoder.write(Buffer.from(interchange(), 'latin1'));
decoder.end();
await result;

function measure(message: Message): void {
  if (message.content.form !== 'segments') return;
  const found = standards.find(message.type);
  if (found === undefined) throw new Error('no standard is installed');
  const { root, findings } = checkMessage(message, found.definition);
  const { document, findings: read } = mapping.read(message, root, {});
  const written = mapping.write(document, {});
  for (const { text } of [...findings, ...read, ...written.findings]) console.log(text);
  const reading = median(() => mapping.read(message, root, {}));
  const writing = median(() => mapping.write(document, {}));
  const values = countValues(message.content.segments);
  console.log(`850 of ${message.content.segments.count} segments, ${values} values`);
  console.log(`compiled in ${compiled.toFixed(0)} ms (cold, with its dictionary and code tables)`);
  console.log(`read  ${reading.toFixed(4)} ms${verdict(reading)}`);
  console.log(`write ${writing.toFixed(4)} ms${verdict(writing)}`);
  result = measureJsonata(asObjects(message.content.segments), reading);
}

function verdict(milliseconds: number): string {
  return ` (target ${target}) ${milliseconds <= target ? 'good' : 'TOO SLOW'}`;
}

/** CPU milliseconds of one call, once compiled: the median over runs of several calls. */
function median(call: () => unknown): number {
  const times: number[] = [];
  for (let each = 0; each < warmUp; each++) call();
  for (let run = 0; run < runs; run++) {
    const start = process.cpuUsage();
    for (let each = 0; each < perRun; each++) call();
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000 / perRun);
  }
  return times.toSorted((a, b) => a - b)[runs >> 1]!;
}

async function measureJsonata(segments: readonly object[], ours: number): Promise<void> {
  const expression = jsonata(formula);
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = process.cpuUsage();
    for (let each = 0; each < 10; each++) await expression.evaluate({ segments });
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000 / 10);
  }
  const theirs = times.toSorted((a, b) => a - b)[runs >> 1]!;
  console.log(`jsonata read ${theirs.toFixed(3)} ms, ${(theirs / ours).toFixed(0)} times ours`);
}

interface SegmentObject {
  tag: string;
  inside: SegmentObject[];
  [element: string]: string | SegmentObject[];
}

/** Segments as objects, those of a loop inside its first. */
function asObjects(segments: Segments): readonly SegmentObject[] {
  const all: SegmentObject[] = [];
  for (let at = 1; at < segments.count - 1; at++) {
    const segment: SegmentObject = { tag: segments.tag(at), inside: [] };
    for (let element = 1; element <= segments.elements(at); element++) {
      segment[`e${element}`] = segments.value(at, element);
    }
    const isInside = ['N3', 'N4', 'PID'].includes(segment.tag);
    if (isInside) all.at(-1)?.inside.push(segment);
    else all.push(segment);
  }
  return all;
}

function countValues(segments: Segments): number {
  let count = 0;
  for (let at = 1; at < segments.count - 1; at++) {
    for (let element = 1; element <= segments.elements(at); element++) {
      if (segments.value(at, element) !== '') count++;
    }
  }
  return count;
}

function interchange(): string {
  const party = (role: string, at: number): string[] => [
    `N1*${role}*Party ${at}*92*P${at}`,
    `N3*${at} Main Street*Suite ${at}`,
    'N4*Springfield*IL*62701*US',
  ];
  const line = (_: unknown, at: number): string[] => [
    `PO1*${at + 1}*${at + 5}*EA*${at}.25*PE*BP*B-${at}*VP*V-${at}`,
    `PID*F****Item number ${at}`,
  ];
  const body = [
    'BEG*00*SA*4500001**20260301',
    'CUR*BY*USD',
    'REF*DP*038',
    'REF*IA*99881',
    'DTM*002*20260315',
    'DTM*010*20260310',
    ...['BY', 'SE', 'ST', 'BT'].flatMap(party),
    ...Array.from({ length: 20 }, line).flat(),
    'CTT*20',
  ];
  const isa =
    'ISA*00*          *00*          *ZZ*ACME           *ZZ*TRADELANE      *260301*1405*U*00401*000000001*0*T*:';
  const all = [isa, 'GS*PO*ACME*TRADELANE*20260301*1405*1*X*004010', 'ST*850*0001', ...body];
  return [...all, `SE*${body.length + 2}*0001`, 'GE*1*1', 'IEA*1*000000001', ''].join('~');
}
