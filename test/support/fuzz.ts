/** Arbitrary damage to real bytes, and interchanges that are made of segments without any sense. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Codec } from '../../src/model/codec.ts';

const golden = join(import.meta.dirname, '..', 'golden');

/** The inputs of the golden cases that a codec claims: what damage begins with. */
export function seedsOf(codec: Codec): readonly Buffer[] {
  return ['decode', 'trees', 'check'].flatMap((suite) =>
    readdirSync(join(golden, suite)).flatMap((name) => {
      const folder = join(golden, suite, name);
      const file = readdirSync(folder).find((one) => one.startsWith('input.'));
      const bytes = file === undefined ? undefined : readFileSync(join(folder, file));
      return bytes !== undefined && codec.sniff(bytes.subarray(0, 4096)) ? [bytes] : [];
    }),
  );
}

interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: Uint8Array;
}

/** A seed with some of its bytes replaced, and perhaps another one spliced in. */
export function damagedBytes(seeds: readonly Buffer[], words: readonly string[]) {
  const insert = fc.oneof(
    fc.uint8Array({ maxLength: 8 }),
    fc.constantFrom(...words).map((word) => Buffer.from(word, 'latin1')),
    fc.constantFrom(...seeds).map((seed) => seed.subarray(0, 400)),
  );
  const edit = fc.record({ at: fc.nat(4000), remove: fc.oneof(fc.nat(3), fc.nat(200)), insert });
  return fc
    .tuple(fc.constantFrom(...seeds), fc.array(edit, { minLength: 1, maxLength: 6 }))
    .map(([seed, edits]) => edits.reduce(applied, seed as Uint8Array));
}

function applied(bytes: Uint8Array, { at, remove, insert }: Edit): Uint8Array {
  const start = at % (bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, start), insert, bytes.subarray(start + remove)]);
}

/** What damage is made of, by codec: what opens, closes, separates and counts. */
export const wordsOf: Readonly<Record<string, readonly string[]>> = {
  x12: [
    '~',
    '*',
    '>',
    'ISA*',
    'GS*',
    'ST*850*1~',
    'SE*3*1~',
    'GE*1*1~',
    'IEA*1*1~',
    'BIN*9*',
    'TA1*',
  ],
  edifact: [
    "'",
    '+',
    ':',
    '?',
    '*',
    'UNA:+.? ',
    'UNB+UNOC:3+',
    'UNB+UNOX:3+',
    'UNB+UNOA:1+',
    'UNB+UNOC:4:40102:2+',
    '\x1b$B',
    '\x1b(B',
    '\x1b(I',
    'UNG+',
    'UNH+1+ORDERS:D:96A:UN',
    'UNT+1+1',
    'UNE+1+1',
    'UNZ+1+1',
    'UNS+D',
  ],
  cxml: ['<', '>', '&', ']]>', '<!DOCTYPE a [', '<cXML', '</cXML>', 'xmlns=', '<![CDATA[', '&#x0;'],
  json: ['{', '}', '[', ']', '"', '\\u', ',', ':', '1e999', 'null'],
};

/** Whole interchanges of the segments of two messages, in any order and with any elements. */
export function senseless(standard: 'x12' | 'edifact'): fc.Arbitrary<Buffer> {
  const { separator, terminator, header, trailer, tags } = senses[standard];
  const component = fc.oneof(
    fc.constantFrom('', '1', '2', '9', 'ST', 'IT', 'EA', '137', '102', 'D8'),
    fc.string({ maxLength: 12 }),
  );
  const element = fc
    .array(component, { minLength: 1, maxLength: 4 })
    .map((parts) => parts.map(cleaned).join(standard === 'x12' ? '>' : ':'));
  const segment = fc
    .tuple(fc.constantFrom(...tags), fc.array(element, { maxLength: 26 }))
    .map(([tag, elements]) => [tag, ...elements].join(separator) + terminator);
  return fc
    .array(segment, { maxLength: 60 })
    .map((body) => Buffer.from(header + body.join('') + trailer, 'latin1'));
}

/** Separators inside data are the business of the damaged bytes. */
const cleaned = (text: string): string => text.replace(/[~*>'+:?^]|[^\x20-\x7e]/g, '');

const isa =
  'ISA*00*          *00*          *ZZ*ACMERETAIL     *ZZ*TRADELANE      *240301*1405*U*00401*000000001*0*T*>~';

const senses = {
  x12: {
    separator: '*',
    terminator: '~',
    header: `${isa}GS*PO*A*B*20240301*1405*1*X*004010~ST*850*0001~BEG*00*SA*1**20240301~`,
    trailer: 'SE*9*0001~GE*1*1~IEA*1*000000001~',
    tags: 'BEG CUR REF PER FOB SAC ITD DTM TD5 N9 MSG N1 N2 N3 N4 PO1 PID MEA SCH SLN CTT AMT HL LS LE LX ST SE GS GE ZZZ BIN'.split(
      ' ',
    ),
  },
  edifact: {
    separator: '+',
    terminator: "'",
    header:
      "UNB+UNOC:3+A:14+B:14+240301:1405+1'UNH+1+ORDERS:D:96A:UN'BGM+220+1+9'DTM+137:20240301:102'",
    trailer: "UNT+9+1'UNZ+1+1'",
    tags: 'BGM DTM PAI ALI IMD FTX RFF NAD LOC FII DOC CTA COM TAX MOA CUX PAT TDT TOD PAC MEA LIN PIA QTY PRI UNS CNT UNH UNT UNG UNE UGH UGS ZZZ'.split(
      ' ',
    ),
  },
} as const;
