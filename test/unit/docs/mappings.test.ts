/** The examples of docs/mappings.md work: the mapping keeps its laws, the overlay finds its base. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { run } from '../../../src/cli/run.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const page = readFileSync(join(root, 'docs', 'mappings.md'), 'utf8');
const blocks = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, block = '']) => block);

describe('the examples of docs/mappings.md', () => {
  let folder: string;
  let told: string;

  const tradelane = async (...words: string[]): Promise<number> => {
    told = '';
    const say = (text: string | Uint8Array): void => {
      told += typeof text === 'string' ? text : Buffer.from(text).toString('utf8');
    };
    return run(words, {
      stdin: (async function* () {})(),
      out: async (text) => say(text),
      err: say,
      isTerminal: false,
      env: {},
      root: folder,
    });
  };

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tradelane-docs-'));
    for (const name of ['config', 'connectors']) {
      cpSync(join(root, name), join(folder, name), { recursive: true });
    }
    const example = (file: string, text: string | undefined): void => {
      const path = join(folder, 'mappings', `${file}.yaml`);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text ?? '');
    };
    example('x12/004010/850', blocks[0]);
    example('codes/x12/party', blocks[1]);
    example('partners/acme/850', blocks[3]);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('are without faults', async () => {
    expect(await tradelane('check'), told).to.equal(0);
  });

  for (const name of ['x12/004010/850', 'partners/acme/850']) {
    it(`${name} keeps the laws of both directions`, async () => {
      expect(await tradelane('mapping', 'check', name, '--documents', '100'), told).to.equal(0);
      expect(Number(/: (\d+) of 100 documents came back equal/.exec(told)?.[1])).to.be.above(80);
    });
  }
});
