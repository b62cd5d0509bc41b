/** Real files (CORPUS_DIR), with npm x12-parser and npm edifact as independent witnesses. */
import { isAscii } from 'node:buffer';
import { expect } from 'chai';
import { readWithEdifact } from '../../../../bench/peers/edifact.ts';
import { readWithX12Parser } from '../../../../bench/peers/x12-parser.ts';
import { codecs } from '../../../../src/codecs/index.ts';
import { type Codec, defaultDecodeLimits } from '../../../../src/model/codec.ts';
import type { Segments } from '../../../../src/model/message.ts';
import { bytesOf, type CorpusFile, ediFiles } from '../../../support/corpus.ts';
import { eventsOf, inChunks } from '../../../support/segment-events.ts';

const files = ediFiles();

function needCorpus(test: Mocha.Context): void {
  if (files.length > 0) return;
  console.log('      skipped: CORPUS_DIR names no folder with X12 and EDIFACT files');
  test.skip();
}

const codecOf = (bytes: Uint8Array): Codec | undefined =>
  codecs.find((codec) => codec.sniff(bytes.subarray(0, 4096)));

describe('EDI files of the corpus', () => {
  it('are all read without a crash, and the same in chunks', function () {
    this.timeout(120_000);
    needCorpus(this);
    for (const { file, bytes } of files.map((one) => ({ ...one, bytes: bytesOf(one) }))) {
      const codec = codecOf(bytes);
      if (codec === undefined) continue;
      const whole = JSON.stringify(eventsOf(codec, [bytes]));
      const cut = JSON.stringify(eventsOf(codec, inChunks(bytes, 997)));
      expect(cut === whole, `${file} differs in chunks of 997`).to.equal(true);
    }
  });

  for (const { standard, read } of [
    { standard: 'x12', read: readWithX12Parser },
    { standard: 'edifact', read: readWithEdifact },
  ]) {
    it(`of ${standard} hold the values that the witness reads`, async function () {
      this.timeout(120_000);
      needCorpus(this);
      // 102 and 275 hold counted binary data, which the witness splits.
      const valid = files.filter(
        (one) =>
          one.standard === standard && one.status === 'valid' && !/102|275/.test(one.message),
      );
      let compared = 0;
      for (const file of valid) {
        const theirs = await witness(read, file);
        if (theirs === undefined) continue;
        compared++;
        expect(values(file).toSorted(), file.file).to.deep.equal(theirs.toSorted());
      }
      console.log(`      ${compared} of ${valid.length} valid files; the witness breaks on others`);
      expect(compared).to.be.greaterThan(valid.length * 0.75);
    });
  }
});

type Read = typeof readWithX12Parser;

/**
 * Values of messages; undefined where the witness throws. x12-parser trims, drops line ends inside
 * data, reads ASCII and the separators of the first interchange only, garbles a byte order mark,
 * and puts components behind all elements: hence the comparison in any order.
 */
async function witness(read: Read, file: CorpusFile): Promise<readonly string[] | undefined> {
  const bytes = withoutMark(bytesOf(file));
  if (!isAscii(bytes) || bytes.toString('latin1').split(/ISA[^A-Za-z0-9]00/).length > 2) {
    return undefined;
  }
  const found: string[] = [];
  try {
    await read([bytes], (value) => found.push(value));
  } catch {
    return undefined;
  }
  return found.flatMap(pieces);
}

/** x12-parser knows no repetitions: `^`, and `-` in one file. */
const pieces = (value: string): readonly string[] =>
  value
    .replaceAll(/[\r\n]/g, '')
    .split(/[-^]/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');

const withoutMark = (bytes: Buffer): Buffer =>
  bytes.subarray(0, 3).equals(Buffer.from('\ufeff')) ? bytes.subarray(3) : bytes;

function values(file: CorpusFile): readonly string[] {
  const found: string[] = [];
  const bytes = bytesOf(file);
  const decoder = codecOf(bytes)?.decoder(
    (event) => {
      if (event.is !== 'message' || event.message.content.form !== 'segments') return;
      found.push(...valuesOf(event.message.content.segments));
    },
    { limits: defaultDecodeLimits },
  );
  decoder?.write(bytes);
  decoder?.end();
  return found.flatMap(pieces);
}

function* valuesOf(segments: Segments): Generator<string> {
  for (let segment = 0; segment < segments.count; segment++) {
    yield segments.tag(segment);
    for (let element = 1; element <= segments.elements(segment); element++) {
      for (let repeat = 1; repeat <= segments.repeats(segment, element); repeat++) {
        const components = segments.components(segment, element, repeat);
        for (let component = 1; component <= components; component++) {
          yield segments.value(segment, element, component, repeat);
        }
      }
    }
  }
}
