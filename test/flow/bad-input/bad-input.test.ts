/**
 * What nobody should have sent, through the front doors of one hub: it says what is wrong and where,
 * answers as agreed, and stays well. `tradelane validate` says the same of the same bytes.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { run } from '../../../src/cli/run.ts';
import { mappingFindings } from '../../../src/model/catalogue/mapping.ts';
import type { Finding } from '../../../src/model/finding.ts';
import type { DocumentRow, Page } from '../../../src/model/rows.ts';
import { type HubProcess, startHubProcess } from '../../support/hub-process.ts';
import { type Case, cases, expectedOf, folder, type Told } from './cases.ts';
import { findingLines, send, settled, told, transfersByKey } from './front-doors.ts';
import { makeInstallation, secrets } from './installation.ts';

describe('bad input', function () {
  this.timeout(90_000);
  let root: string;
  let hub: HubProcess;

  before(async () => {
    root = makeInstallation();
    hub = await startHubProcess({ root, env: secrets });
    const rounds = Math.max(...cases.map(({ inputs }) => inputs.length));
    for (let round = 0; round < rounds; round++) {
      const sent = cases.flatMap((one) => {
        const input = one.inputs[round];
        return input === undefined ? [] : [{ one, input }];
      });
      await Promise.all(sent.map(({ one, input }) => send(hub, root, one, input)));
      await settled(
        hub,
        sent.map(({ input }) => input.key),
      );
    }
  });

  after(async () => {
    await hub?.kill('SIGTERM');
    rmSync(root, { recursive: true, force: true });
  });

  for (const one of cases) {
    it(`${one.name.replaceAll('-', ' ')}: ${one.about}`, async () => {
      const found = await transfersByKey(hub);
      const seen: Told[] = [];
      for (const { key } of one.inputs) seen.push(await told(hub, found.get(key)!));
      if (process.env['UPDATE_GOLDEN'] !== undefined) write(one, seen);
      expect(seen).to.deep.equal(expectedOf(one));
      for (const [index, arrival] of seen.entries()) {
        expect(await validated(root, one, index), 'tradelane validate').to.deep.equal(
          arrival.findings.filter(isOfTheFileAlone),
        );
      }
    });
  }

  it('makes no document of what was hidden in data', async () => {
    const forged = await hub.get<Page<DocumentRow>>('/v1/documents?number=FORGED');
    expect(forged.items).to.deep.equal([]);
    const orders = await hub.get<Page<DocumentRow>>('/v1/documents?kind=order&limit=500');
    expect(orders.items.map(({ number }) => number)).to.include('PO-HIGH');
  });

  it('leaves the hub well, and every file in its hands', async () => {
    const health = await fetch(new URL('/health', hub.url));
    expect(await health.json()).to.include({ status: 'ok', pid: hub.pid });
    const { counts } = await hub.get<{ counts: { transfers: Record<string, number> } }>(
      '/v1/status',
    );
    const all = Object.values(counts.transfers).reduce((sum, count) => sum + count, 0);
    expect(all).to.equal(cases.flatMap(({ inputs }) => inputs).length);
    expect(hub.log()).not.to.match(/"level":(50|60)/);
  });
});

/** What is judged against other arrivals, or by the mapping, is not for validate to say. */
const isOfTheFileAlone = (line: string): boolean => {
  const code = line.split(' ')[1] ?? '';
  return code !== 'duplicate' && !Object.hasOwn(mappingFindings, code);
};

async function validated(root: string, one: Case, index: number): Promise<readonly string[]> {
  const out: string[] = [];
  const words = ['validate', '--json', '--connector', one.connector, one.inputs[index]!.path];
  if (one.message !== undefined) words.push('--message', one.message);
  const terminal = {
    stdin: (async function* () {})(),
    out: async (text: string | Uint8Array) => void out.push(text.toString()),
    err: (text: string) => void out.push(text),
    isTerminal: false,
    env: secrets,
    root,
  };
  await run(words, terminal);
  const { findings } = JSON.parse(out.join('')) as { findings: readonly Finding[] };
  return findingLines(findings);
}

const write = (one: Case, seen: readonly Told[]): void =>
  writeFileSync(join(folder, one.name, 'expected.json'), `${JSON.stringify(seen, null, 2)}\n`);
