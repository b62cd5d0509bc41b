/**
 * Golden cases of the codecs whose messages are trees: a folder below test/golden/trees holds
 * input.xml or input.json and events.txt. A new case is a new folder; with UPDATE_GOLDEN=1 its
 * missing events.txt is written, to be read by a person before it is kept.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { codecs } from '../../src/codecs/index.ts';
import { type CodecEvent, defaultDecodeLimits } from '../../src/model/codec.ts';
import { eventText } from '../support/event-text.ts';

const folder = join(import.meta.dirname, '..', 'golden', 'trees');
const messageType = { standard: 'json', version: 'erp', name: 'order' };
/** Small, so that a case can show them. */
const limits = { ...defaultDecodeLimits, messageBytes: 4000, treeDepth: 20 };

describe('tree codecs: golden cases', () => {
  for (const name of readdirSync(folder)) {
    it(name.replaceAll('-', ' '), () => {
      const files = readdirSync(join(folder, name));
      const bytes = readFileSync(
        join(folder, name, files.find((file) => file.startsWith('input.')) ?? ''),
      );
      const file = join(folder, name, 'events.txt');
      const told = lines(bytes, bytes.length);
      if (process.env['UPDATE_GOLDEN'] === '1' && !existsSync(file)) writeFileSync(file, told);
      expect(told).to.equal(readFileSync(file, 'utf8'));
      for (const chunkBytes of [1, 2, 3, 7, 64]) expect(lines(bytes, chunkBytes)).to.equal(told);
    });
  }
});

function lines(bytes: Buffer, chunkBytes: number): string {
  const codec = codecs.find((one) => one.sniff(bytes.subarray(0, 4096)));
  if (codec === undefined) throw new Error('no codec knows these bytes');
  const events: CodecEvent[] = [];
  const decoder = codec.decoder((event) => events.push(event), { limits, messageType });
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    decoder.write(bytes.subarray(at, Math.min(at + chunkBytes, bytes.length)));
  }
  decoder.end();
  return `${codec.name}\n${events.map(eventText).join('\n')}\n`;
}
