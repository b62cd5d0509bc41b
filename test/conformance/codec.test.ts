/**
 * What every codec must do. A new codec joins by a line in src/codecs/index.ts and a folder with an
 * input below test/golden/decode (segments) or test/golden/trees. In test/golden/decode a case
 * holds input.* and expected.json; with UPDATE_GOLDEN=1 a missing expected.json is written, to be
 * read by a person before it is kept.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { codecs } from '../../src/codecs/index.ts';
import { type Codec, defaultDecodeLimits } from '../../src/model/codec.ts';
import type { Segments } from '../../src/model/message.ts';
import { eventsOf, inChunks } from '../support/segment-events.ts';

const golden = join(import.meta.dirname, '..', 'golden');
/** Small enough that every two-way split of it is tried. */
const splitBytesMax = 6000;

interface Sample {
  readonly name: string;
  readonly folder: string;
  readonly bytes: Buffer;
}

const samples: readonly Sample[] = ['decode', 'trees'].flatMap((suite) =>
  readdirSync(join(golden, suite)).flatMap((name) => {
    const folder = join(golden, suite, name);
    const file = readdirSync(folder).find((one) => one.startsWith('input.'));
    return file === undefined ? [] : [{ name, folder, bytes: readFileSync(join(folder, file)) }];
  }),
);

const codecOf = (bytes: Uint8Array): Codec | undefined =>
  codecs.find((codec) => codec.sniff(bytes.subarray(0, 4096)));

describe('codecs: golden cases', () => {
  for (const { name, folder, bytes } of samples.filter(({ folder }) => /decode/.test(folder))) {
    it(name.replaceAll('-', ' '), () => {
      const codec = codecOf(bytes);
      const limits = { messageBytes: 2000 };
      const events = codec === undefined ? [] : eventsOf(codec, [bytes], limits);
      const file = join(folder, 'expected.json');
      const found = { codec: codec?.name ?? 'none', events };
      if (process.env['UPDATE_GOLDEN'] === '1' && !existsSync(file)) {
        writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
      }
      expect(JSON.parse(JSON.stringify(found))).to.deep.equal(
        JSON.parse(readFileSync(file, 'utf8')),
      );
    });
  }
});

for (const codec of codecs) {
  const own = samples.filter(({ bytes }) => codecOf(bytes) === codec);

  describe(`codec ${codec.name}`, () => {
    it('has samples', () => expect(own).not.to.have.length(0));

    it('says the same however the bytes are cut in two', () => {
      for (const { name, bytes } of own.filter(({ bytes }) => bytes.length <= splitBytesMax)) {
        const whole = JSON.stringify(eventsOf(codec, [bytes]));
        for (let at = 0; at <= bytes.length; at++) {
          const chunks = [bytes.subarray(0, at), bytes.subarray(at)];
          if (JSON.stringify(eventsOf(codec, chunks)) !== whole) {
            expect.fail(`${name} differs when it is cut at ${at}`);
          }
        }
      }
    });

    it('visits the values that it tells one by one, in their order', () => {
      for (const { name, bytes } of own) {
        eachMessage(codec, bytes, (segments) => {
          const visited: string[] = [];
          segments.visit((value) => visited.push(value));
          const all = Array.from({ length: segments.count }, (_, at) => values(segments, at));
          expect(visited, name).to.deep.equal(all.flat());
        });
      }
    });

    it('says the same for chunks of one, two, three and seven bytes', () => {
      for (const { name, bytes } of own) {
        const whole = eventsOf(codec, [bytes]);
        for (const size of [1, 2, 3, 7]) {
          expect(eventsOf(codec, inChunks(bytes, size)), name).to.deep.equal(whole);
        }
      }
    });

    it('closes every level that it opens, in order, and counts messages from 0', () => {
      for (const { bytes } of own) expectNested(eventsOf(codec, [bytes]));
    });

    it('sniffs random bytes without throwing, and decodes them to findings only', () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
          codec.sniff(bytes);
          expectNested(eventsOf(codec, [bytes]));
        }),
        { numRuns: 200, seed: 1 },
      );
    });

    it('survives samples with bytes changed, removed and repeated, and still nests', () => {
      for (const { bytes } of own.filter((one) => one.bytes.length <= splitBytesMax)) {
        fc.assert(
          fc.property(edits(bytes.length), (edit) => {
            const damaged = applied(bytes, edit);
            const whole = eventsOf(codec, [damaged]);
            expectNested(whole);
            expect(eventsOf(codec, inChunks(damaged, edit.chunk))).to.deep.equal(whole);
          }),
          { numRuns: 30, seed: 2 },
        );
      }
    });
  });
}

interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: Uint8Array;
  readonly chunk: number;
}

const edits = (length: number): fc.Arbitrary<Edit> =>
  fc.record({
    at: fc.nat(length),
    remove: fc.nat(40),
    insert: fc.uint8Array({ maxLength: 12 }),
    chunk: fc.integer({ min: 1, max: 200 }),
  });

const applied = (bytes: Buffer, { at, remove, insert }: Edit): Buffer =>
  Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + remove)]);

function expectNested(events: readonly unknown[]): void {
  const open: string[] = [];
  let index = 0;
  for (const event of events as readonly { is: string; index?: number }[]) {
    if (event.is === 'outside') expect(open).to.deep.equal([]);
    else if (event.is === 'message') expect(event.index).to.equal(index++);
    else if (event.is.endsWith('End')) expect(`${open.pop()}End`).to.equal(event.is);
    else open.push(event.is);
  }
  expect(open).to.deep.equal([]);
}

function eachMessage(
  codec: Codec,
  bytes: Uint8Array,
  onMessage: (segments: Segments) => void,
): void {
  const decoder = codec.decoder(
    (event) => {
      if (event.is !== 'message' || event.message.content.form !== 'segments') return;
      onMessage(event.message.content.segments);
    },
    { limits: defaultDecodeLimits },
  );
  decoder.write(bytes);
  decoder.end();
}

/** Each component of each repeat of the tag and each element; an empty one is one empty value. */
function values(segments: Segments, segment: number): readonly string[] {
  const counted = (count: number) =>
    Array.from({ length: Math.max(count, 1) }, (_, index) => index + 1);
  const all: string[] = [];
  for (let element = 0; element <= segments.elements(segment); element++) {
    for (const repeat of counted(segments.repeats(segment, element))) {
      for (const component of counted(segments.components(segment, element, repeat))) {
        all.push(segments.value(segment, element, component, repeat));
      }
    }
  }
  return all;
}
