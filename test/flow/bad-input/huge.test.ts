/**
 * Input that is meant to hang or bloat: a gigabyte of nothing, a million levels. Each is refused or
 * judged within 30 s, in bounded memory, and visible afterwards.
 */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { EventRow, FindingRow, Page } from '../../../src/model/rows.ts';
import { type HubProcess, startHubProcess } from '../../support/hub-process.ts';
import { settled, transfersByKey } from './front-doors.ts';
import { drop, type Huge, isa, MB, of, peakOf, post, readCommand } from './huge.ts';
import { makeInstallation, secrets } from './installation.ts';

const PEAK_MB = 300;
const EACH_MS = 30_000;
/** Half of limits.bodyBytes: it is taken. */
const TAKEN_BYTES = 128 * MB;
const MILLION = 1_000_000;

const gigabyte = of('~', 1024 * MB);
const gigabyteAfterIsa = of('~', 1024 * MB, isa);
const nestedXml = of(
  '<a>',
  3 * MILLION,
  '<cXML payloadID="nested" timestamp="2026-03-01T10:00:00Z"><Header><Sender><Credential domain="NetworkId">' +
    `<Identity>AN01000000002</Identity><SharedSecret>${secrets.GLOBEX_SECRET}</SharedSecret>` +
    '</Credential></Sender></Header><Request>',
);
const nestedJson = of('[', MILLION, '{"lines":', `${']'.repeat(MILLION)}}`);
const nestedObjects = of('{"a":', 5 * MILLION, '', `1${'}'.repeat(MILLION)}`);

describe('huge input', function () {
  this.timeout(EACH_MS);
  let root: string;
  let hub: HubProcess;

  before(async () => {
    root = makeInstallation();
    hub = await startHubProcess({ root, env: secrets });
  });

  after(async () => {
    await hub?.kill('SIGTERM');
    rmSync(root, { recursive: true, force: true });
  });

  const refusals = async (connector: string): Promise<readonly string[]> => {
    const events = await hub.get<Page<EventRow>>(`/v1/events?subject=${connector}&limit=500`);
    return events.items.filter(({ what }) => what === 'transfer.refused').map(({ text }) => text);
  };

  /** The codes that the API tells of an arrival once it is judged. */
  const codesOf = async (key: string): Promise<readonly string[]> => {
    await settled(hub, [key]);
    const transfer = (await transfersByKey(hub)).get(key)!;
    const findings = await hub.get<Page<FindingRow>>(`/v1/findings?transfer=${transfer.id}`);
    expect(transfer.state).to.equal('quarantined');
    return findings.items.map(({ code }) => code);
  };

  const door = (connector: string, message = ''): URL =>
    new URL(`/in/${connector}${message}`, hub.url);

  it('1 GB of ~, told beforehand: refused before it is sent', async () => {
    const answer = await post(door('cardinal'), 'told', of('~', MB), gigabyte.bodyBytes);
    expect(answer.status).to.equal(413);
    expect(answer.text).to.include('limits.bodyBytes');
    expect(await refusals('cardinal')).to.have.length(1);
  });

  for (const [name, huge] of [
    ['1 GB of ~', gigabyte],
    ['1 GB of ~ after an ISA', gigabyteAfterIsa],
  ] as const) {
    it(`${name}, posted in chunks: refused when it is too much, and nothing is kept`, async () => {
      const before = (await refusals('cardinal')).length;
      const answer = await post(door('cardinal'), name, huge);
      expect(answer.status).to.equal(413);
      const told = await refusals('cardinal');
      expect(told).to.have.length(before + 1);
      expect(told.at(-1)).to.match(/too-large/);
      expect((await transfersByKey(hub)).has(name)).to.equal(false);
    });

    it(`${name}, read -: told in one finding`, async () => {
      const { exitCode, stderr, peakMB } = await readCommand(root, huge);
      expect(exitCode).to.equal(1);
      expect(stderr).to.match(huge === gigabyte ? /format-unknown/ : /truncated/);
      expect(stderr.length).to.be.below(2000);
      expect(peakMB).to.be.below(PEAK_MB);
    });
  }

  it('1 GB of ~ in the folder: put aside with the reason', async () => {
    drop(join(root, 'data/acme/in'), 'huge.x12', gigabyte);
    await told(() => refusals('acme'));
    expect(await refusals('acme')).to.have.length(1);
    const error = join(root, 'data/acme/in/error');
    await told(async () => (existsSync(join(error, 'huge.x12.txt')) ? ['there'] : []));
    rmSync(join(error, 'huge.x12'));
  });

  for (const [name, head, code] of [
    ['~ after an ISA', isa, 'truncated'],
    [
      '~ inside a message',
      `${isa}GS*PO*A*B*20260301*1200*1*X*004010~ST*850*1~`,
      'message-too-large',
    ],
  ] as const) {
    it(`as much of ${name} as may come: taken, and judged`, async () => {
      const answer = await post(door('cardinal'), name, of('~', TAKEN_BYTES, head));
      expect(answer.status, answer.text).to.equal(202);
      expect(await codesOf(name)).to.include(code);
    });
  }

  const deep: readonly (readonly [string, string, Huge, string, string])[] = [
    ['a million nested tags', 'globex', nestedXml, '', 'tree-too-large'],
    ['JSON arrays a million deep', 'erp', nestedJson, '/json/erp/orderResponse', 'tree-too-large'],
    [
      'JSON objects a million deep',
      'erp',
      nestedObjects,
      '/json/erp/orderResponse',
      'tree-too-large',
    ],
  ];
  for (const [name, connector, huge, message, code] of deep) {
    it(`${name}, posted: a finding`, async () => {
      const answer = await post(door(connector, message), name, huge);
      expect(answer.status, answer.text).to.be.oneOf([200, 202]);
      expect(await codesOf(name)).to.deep.equal([code]);
    });

    it(`${name}, read -: a finding`, async () => {
      const words = message === '' ? [] : ['--message', message.slice(1)];
      const { exitCode, stderr, peakMB } = await readCommand(root, huge, words);
      expect(exitCode).to.equal(1);
      expect(stderr).to.include(code);
      expect(peakMB).to.be.below(PEAK_MB);
    });
  }

  it('leaves the hub well, and small', async () => {
    const health = (await (await fetch(new URL('/health', hub.url))).json()) as { pid: number };
    expect(health.pid).to.equal(hub.pid);
    expect(peakOf(hub.pid)).to.be.below(PEAK_MB);
  });
});

/** Waits until there is something to tell. */
async function told(ask: () => Promise<readonly string[]>): Promise<void> {
  const until = performance.now() + EACH_MS;
  while ((await ask()).length === 0) {
    if (performance.now() > until) throw new Error('nothing was told in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
