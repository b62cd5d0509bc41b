/** Files larger than the blocks in which they are read: where a block ends must not show. */
import { expect } from 'chai';
import { generate850s, generateOrders } from '../../../../bench/generate.ts';
import { edifact } from '../../../../src/codecs/edifact/index.ts';
import { x12 } from '../../../../src/codecs/x12/index.ts';
import { type Codec, defaultDecodeLimits } from '../../../../src/model/codec.ts';
import { inChunks, segmentsText } from '../../../support/segment-events.ts';

const bytes = 200_000;

/** Every segment, without its place, and the codes of all findings. */
function told(codec: Codec, chunks: Iterable<Uint8Array>): readonly string[] {
  const lines: string[] = [];
  const decoder = codec.decoder(
    (event) => {
      if ('findings' in event) lines.push(...event.findings.map(({ code }) => code));
      if (event.is !== 'message' || event.message.content.form !== 'segments') return;
      const { segments } = event.message.content;
      lines.push(...segmentsText(segments).map((line) => line.replace(/^\S+ /, '')));
    },
    { limits: defaultDecodeLimits },
  );
  for (const chunk of chunks) decoder.write(chunk);
  decoder.end();
  return lines;
}

/** Blanks in front move every byte to another place of its block. */
const moved = (file: Buffer, by: number): Buffer => Buffer.concat([Buffer.alloc(by, ' '), file]);

/** Released separators and release characters in runs of every length. */
function released(): Buffer {
  const text = "?'???+???:????x";
  const free = `FTX+AAI+++${text.repeat(9)}'`;
  const message = `UNH+1+ORDERS:D:96A:UN'${free.repeat(400)}UNT+402+1'`;
  return Buffer.from(`UNA:+.? 'UNB+UNOC:3+A+B+260301:1405+1'${message}UNZ+1+1'`);
}

const files = [
  { name: '850s', codec: x12, file: generate850s(bytes, 7) },
  { name: 'ORDERS', codec: edifact, file: generateOrders(bytes, 7) },
  { name: 'released characters', codec: edifact, file: released() },
  { name: 'line ends', codec: x12, file: withLines(generate850s(bytes, 8)) },
];

function withLines(file: Buffer): Buffer {
  return Buffer.from(file.toString('latin1').replaceAll('~', '~\r\n'));
}

for (const { name, codec, file } of files) {
  describe(`${name} over many blocks`, () => {
    const whole = told(codec, [file]);

    it('are read without a finding', () => {
      expect(whole.length).to.be.greaterThan(300);
      expect(whole.filter((line) => /^[a-z-]+$/.test(line))).to.deep.equal([]);
    });

    for (const by of [1, 2, 3, 4, 5, 6, 7, 8]) {
      it(`say the same ${by} bytes further on`, () => {
        expect(told(codec, [moved(file, by)])).to.deep.equal(whole);
      });
    }

    for (const size of [1, 999, 16_384, 65_535, 65_536, 65_537]) {
      it(`say the same in chunks of ${size}`, () => {
        expect(told(codec, inChunks(file, size))).to.deep.equal(whole);
      });
    }
  });
}
