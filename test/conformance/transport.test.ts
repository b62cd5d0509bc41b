/** What every transport owes the hub, over real folders and real servers. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { HubError } from '../../src/model/errors.ts';
import type { Receiver, Transport } from '../../src/model/transport.ts';
import { transports } from '../../src/transports/index.ts';
import { parcel, receivePort, sendPort, type TestReceivePort } from '../support/transport-ports.ts';
import { type Rig, rigs } from '../support/transport-rigs.ts';

for (const transport of transports) {
  describe(`transport ${transport.name}`, () => {
    let root: string;
    let port: TestReceivePort;
    let rig: Rig;

    beforeEach(async () => {
      root = mkdtempSync(join(tmpdir(), 'tradelane-'));
      port = receivePort(root);
      const makeRig = rigs[transport.name];
      if (makeRig === undefined) throw new Error(`No rig for transport ${transport.name}.`);
      rig = await makeRig(root, port);
    });
    afterEach(async () => {
      await rig.close();
      rmSync(root, { recursive: true, force: true });
    });

    if (transport.receive !== undefined) receives(transport);
    if (transport.send !== undefined) sends(transport);

    function receives(receiving: Transport): void {
      describe('receives', () => {
        let receiver: Receiver;
        beforeEach(async () => {
          receiver = await receiving.receive!('acme', rig.inSettings, port);
        });
        afterEach(() => receiver.stop());

        it('hands over each arrival once, byte for byte', async () => {
          const [one, other] = [randomBytes(1_000_000), Buffer.from('ISA*00*')];
          expect(await rig.offer('one', one, receiver).told).to.equal('thanks');
          expect(await rig.offer('other', other, receiver).told).to.equal('thanks');
          expect(port.stored.map(({ bytes }) => bytes.equals(one))).to.deep.equal([true, false]);
          expect(port.stored[1]?.bytes.equals(other)).to.equal(true);
          expect(port.keys).to.have.length(2);
          expect(port.stored[0]).to.include({ connector: 'acme', transport: transport.name });
        });

        it('thanks only after the arrival is stored', async () => {
          const held = Promise.withResolvers<void>();
          const reached = Promise.withResolvers<void>();
          port.beforeStore = () => {
            reached.resolve();
            return held.promise;
          };
          let isThanked = false;
          const told = rig.offer('held', Buffer.from('bytes'), receiver).told.then((word) => {
            isThanked = true;
            return word;
          });
          await reached.promise;
          await new Promise((resolve) => setImmediate(resolve));
          expect(isThanked).to.equal(false);
          held.resolve();
          expect(await told).to.equal('thanks');
        });

        it('thanks nobody when storing fails, and takes the same arrival later', async () => {
          port.beforeStore = async () => {
            throw new HubError('internal', 'The disk is full.');
          };
          expect(await rig.offer('again', Buffer.from('bytes'), receiver).told).to.equal('later');
          expect(port.stored).to.deep.equal([]);
          port.beforeStore = async () => undefined;
          expect(await rig.offer('again', Buffer.from('bytes'), receiver).told).to.equal('thanks');
          expect(port.stored).to.have.length(1);
        });

        it('gives a repeat the same key when the thanks were lost', async () => {
          port.afterStore = async () => {
            throw new HubError('internal', 'Killed after the commit.');
          };
          expect(await rig.offer('twice', Buffer.from('bytes'), receiver).told).to.equal('later');
          port.afterStore = async () => undefined;
          expect(await rig.offer('twice', Buffer.from('bytes'), receiver).told).to.equal('thanks');
          expect(new Set(port.keys).size).to.equal(1);
          expect(port.stored).to.have.length(1);
        });

        it('lets what has begun end before it stops, and begins nothing new', async () => {
          const held = Promise.withResolvers<void>();
          const reached = Promise.withResolvers<void>();
          port.beforeStore = () => {
            reached.resolve();
            return held.promise;
          };
          const told = rig.offer('begun', Buffer.from('bytes'), receiver).told;
          await reached.promise;
          let isStopped = false;
          const stopping = receiver.stop().then(() => {
            isStopped = true;
          });
          await new Promise((resolve) => setImmediate(resolve));
          expect(isStopped).to.equal(false);
          held.resolve();
          await stopping;
          expect(await told).to.equal('thanks');
          expect(await rig.offer('late', Buffer.from('bytes'), receiver).told).to.equal('later');
          expect(port.stored).to.have.length(1);
        });
      });
    }

    function sends(sending: Transport): void {
      it('sends byte for byte', async () => {
        const bytes = randomBytes(1_000_000);
        const outcome = await sending.send!(rig.outSettings, parcel(bytes), sendPort(root));
        expect(outcome).to.include({ ok: true });
        expect(rig.received().map((got) => got.equals(bytes))).to.deep.equal([true]);
      });

      it('does no harm with a repeat of a delivery', async () => {
        const sent = parcel(Buffer.from('the same bytes'));
        await sending.send!(rig.outSettings, sent, sendPort(root));
        const repeat = { ...sent, attempt: 1 };
        const outcome = await sending.send!(rig.outSettings, repeat, sendPort(root));
        expect(outcome).to.include({ ok: true });
        expect(rig.received()).to.deep.equal([Buffer.from('the same bytes')]);
      });

      it('calls a place that is not there transient, and does not throw', async () => {
        const outcome = await sending.send!(
          rig.deadSettings,
          parcel(Buffer.from('x')),
          sendPort(root),
        );
        expect(outcome).to.include({ ok: false, retry: 'transient' });
      });

      it('sends nothing once the hub stops', async () => {
        const stopped = sendPort(root, AbortSignal.abort());
        const outcome = await sending.send!(rig.outSettings, parcel(Buffer.from('x')), stopped);
        expect(outcome).to.include({ ok: false, retry: 'transient' });
        expect(rig.received()).to.deep.equal([]);
      });
    }
  });
}
