/**
 * Random damage for a stated time: three seconds a codec, or FUZZ_SECONDS. Nothing may throw, hang,
 * grow without bound, or depend on how the bytes are cut. The seed is printed; FUZZ_SEED repeats a
 * run. What is found becomes a golden case.
 */
import { expect } from 'chai';
import fc from 'fast-check';
import { codecs } from '../../src/codecs/index.ts';
import { type Codec, type CodecEvent, defaultDecodeLimits } from '../../src/model/codec.ts';
import type { InterchangeEnvelope } from '../../src/model/envelope.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Message } from '../../src/model/message.ts';
import { checkMessage } from '../../src/standards/check.ts';
import type { PlacedNode } from '../../src/standards/definition.ts';
import { defaultPolicy } from '../../src/standards/policy.ts';
import { standards } from '../support/check-file.ts';
import { damagedBytes, seedsOf, senseless, wordsOf } from '../support/fuzz.ts';
import { inChunks, segmentsText } from '../support/segment-events.ts';

const seconds = Number(process.env['FUZZ_SECONDS'] ?? 3);
const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
/** Inputs are a few thousand bytes: one that takes longer is on its way to hang. */
const millisecondsMax = 1000;

for (const codec of codecs) {
  describe(`fuzz: ${codec.name}`, function () {
    this.timeout(seconds * 1000 + 60_000);
    const sense = codec.name === 'x12' || codec.name === 'edifact' ? codec.name : undefined;
    const share = sense === undefined ? 1 : 2;

    it('survives damaged bytes', () => {
      const words = wordsOf[codec.name] ?? [];
      run(share, damagedBytes(seedsOf(codec), words), (bytes) => survives(codec, bytes));
    });

    if (sense === undefined) return;

    it('survives segments without sense', () => {
      run(share, senseless(sense), (bytes) => survives(codec, bytes));
    });
  });
}

function run<T>(
  share: number,
  inputs: fc.Arbitrary<T>,
  judge: (input: T, size: number) => void,
): void {
  let runs = 0;
  const property = fc.property(inputs, fc.integer({ min: 1, max: 300 }), (input, size) => {
    runs += 1;
    judge(input, size);
  });
  fc.assert(property, {
    seed,
    numRuns: Number.MAX_SAFE_INTEGER,
    interruptAfterTimeLimit: (seconds * 1000) / share,
  });
  console.log(`      ${runs} inputs, seed ${seed}`);
}

function survives(codec: Codec, bytes: Uint8Array, size = 64): void {
  const begun = performance.now();
  const whole = read(codec, [bytes], bytes);
  expect(performance.now() - begun, 'milliseconds').to.be.below(millisecondsMax);
  expect(read(codec, inChunks(bytes, size), bytes)).to.deep.equal(whole);
}

/** One line for each event, after judging it. */
function read(codec: Codec, chunks: Iterable<Uint8Array>, bytes: Uint8Array): readonly string[] {
  const lines: string[] = [];
  let open: InterchangeEnvelope | undefined;
  const on = (event: CodecEvent): void => {
    if (event.is === 'interchange') open = event.envelope;
    if ('findings' in event) judgeFindings(event.findings, bytes);
    if (event.is === 'message') lines.push(...judgeMessage(codec, event.message, bytes, open));
    lines.push(
      JSON.stringify(event, (key, value) =>
        ['content', 'header'].includes(key) ? undefined : value,
      ),
    );
  };
  const messageType = { standard: 'json', version: 'erp', name: 'order' };
  const decoder = codec.decoder(on, { limits: defaultDecodeLimits, messageType });
  for (const chunk of chunks) decoder.write(chunk);
  decoder.end();
  return lines;
}

function judgeFindings(findings: readonly Finding[], bytes: Uint8Array): void {
  expect(findings.length, 'findings').to.be.at.most(defaultPolicy.findingsMax + 1);
  for (const { place, text } of findings) {
    expect(text.length, 'characters of a text').to.be.below(1000);
    const { start = 0, end = start } = place;
    const isInside = start >= 0 && start <= end && end <= bytes.length;
    if (!isInside) expect.fail(`${text} is said of ${start} to ${end} of ${bytes.length} bytes`);
  }
}

/** Its lines; reading it again gives the same, and the check does too. */
function judgeMessage(
  codec: Codec,
  message: Message,
  bytes: Uint8Array,
  open: InterchangeEnvelope | undefined,
): readonly string[] {
  const { type, control, index, start, end, content } = message;
  if (content.form !== 'segments' || open === undefined) return [];
  const lines = segmentsText(content.segments);
  const found = { type, control, index, start };
  const again = codec.message(bytes.slice(start, end), found, open.syntax, defaultDecodeLimits);
  expect(again.content.form === 'segments' && segmentsText(again.content.segments)).to.deep.equal(
    lines,
  );
  const definition = standards.find(type)?.definition;
  if (definition === undefined) return lines;
  const checked = checkMessage(message, definition);
  judgeFindings(checked.findings, bytes);
  expectPlacedOnce(checked.root, content.segments.count);
  return [...lines, ...checked.findings.map((it) => JSON.stringify(it))];
}

/** No segment stands in the tree twice. */
function expectPlacedOnce(root: PlacedNode, count: number): void {
  const seen = new Set<number>();
  const visit = (node: PlacedNode): void => {
    if (seen.has(node.segment) || node.segment >= count) {
      expect.fail(`segment ${node.segment} of ${count} is placed twice`);
    }
    seen.add(node.segment);
    node.children.forEach(visit);
  };
  visit(root);
}
