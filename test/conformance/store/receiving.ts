import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { at, payload } from '../../support/store-cases.ts';
import { type Bench, codeOf, everything, read, receive } from './bench.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const LARGE = 700_000;

export function receiving(bench: Bench): void {
  describe('receiving', () => {
    it('stores parts exactly, with their digests', async () => {
      const { store } = bench;
      const id = await receive(bench, 'k', 'ISA*00~\xe9');
      const transfer = await store.transfer(id);
      expect(transfer).to.deep.include({
        id,
        connector: 'acme',
        transport: 'http',
        key: 'k',
        headers: { 'message-type': 'x' },
        state: 'received',
        receivedAt: at(0),
        isTest: false,
        reason: undefined,
      });
      const part = transfer?.parts[0];
      expect(part).to.include({ index: 0, name: 'order.x12', size: 9 });
      expect(part?.digest).to.equal(sha256('ISA*00~\xe9'));
      expect(await read(store, part?.digest ?? '')).to.equal('ISA*00~\xc3\xa9');
    });

    it('gives the first transfer for the same key and bytes', async () => {
      const first = await receive(bench, 'k', 'same');
      expect(await receive(bench, 'k', 'same')).to.equal(first);
      expect((await bench.store.transfers(everything)).items).to.have.length(1);
    });

    it('takes other bytes under the same key, and the same bytes under another, as new', async () => {
      const first = await receive(bench, 'k', 'one');
      expect(await receive(bench, 'k', 'two')).to.not.equal(first);
      expect(await receive(bench, 'l', 'one')).to.not.equal(first);
    });

    it('accepts once when the same arrival comes twice in the same moment', async () => {
      const both = await Promise.all([receive(bench, 'k', 'same'), receive(bench, 'k', 'same')]);
      expect(both[0]).to.equal(both[1]);
    });

    it('reads any range of a body larger than a chunk', async () => {
      const { store } = bench;
      const body = Array.from({ length: LARGE / 10 }, (_, n) => String(n).padStart(10, '0')).join(
        '',
      );
      const staged = await store.stage(payload(body), LARGE);
      expect(staged).to.deep.include({ digest: sha256(body), size: LARGE });
      const parts = [{ name: 'a', contentType: 'b', blob: staged }];
      const more = { connector: 'acme', transport: 'http', key: 'k', headers: {}, at: at(0) };
      await store.accept({ id: bench.makeId(), parts, ...more });
      expect(await read(store, staged.digest)).to.equal(body);
      for (const [from, to] of [
        [0, 10],
        [262_140, 262_150],
        [262_144, 524_288],
        [699_990, 800_000],
        [5, 5],
      ] as const) {
        expect(await read(store, staged.digest, from, to)).to.equal(body.slice(from, to));
      }
      for await (const piece of store.bytes(staged.digest)) {
        expect(piece.length).to.be.at.most(256 * 1024);
      }
    });

    it('keeps the same large bytes once, whoever sends them', async () => {
      const { store } = bench;
      const body = 'z'.repeat(LARGE);
      const blobs = [
        await store.stage(payload(body), LARGE),
        await store.stage(payload(body), LARGE),
      ];
      const parts = blobs.map((blob) => ({ name: 'a', contentType: 'b', blob }));
      const more = { connector: 'acme', transport: 'http', key: 'k', headers: {}, at: at(0) };
      const { transfer } = await store.accept({ id: bench.makeId(), parts, ...more });
      const stored = await store.transfer(transfer);
      expect(stored?.parts.map(({ digest }) => digest)).to.deep.equal([sha256(body), sha256(body)]);
      expect(await read(store, sha256(body))).to.equal(body);
    });

    it('refuses a body over the limit', async () => {
      const { store } = bench;
      expect(await codeOf(store.stage(payload('12345'), 4))).to.equal('too-large');
      expect(await codeOf(store.stage(payload('x', LARGE), LARGE - 1))).to.equal('too-large');
    });

    it('says that unknown bytes are not there', async () => {
      expect(await codeOf(read(bench.store, 'no such digest'))).to.equal('not-found');
    });
  });
}
