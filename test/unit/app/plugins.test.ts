import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { codecs } from '../../../src/codecs/index.ts';
import { loadPlugins } from '../../../src/load-plugins.ts';
import { transports } from '../../../src/transports/index.ts';

const own = { transports, codecs };

describe('plugins', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tradelane-plugins-'));
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function install(name: string, source: string): void {
    const folder = join(root, 'node_modules', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, main: 'index.mjs' }));
    writeFileSync(join(folder, 'index.mjs'), source);
  }

  async function refusal(name: string): Promise<string> {
    try {
      await loadPlugins(root, [name], own);
    } catch (error) {
      return (error as Error).message;
    }
    return 'it was loaded';
  }

  it('add their transports to the hub’s own', async () => {
    install('carrier', "export default { name: 'carrier', transports: [{ name: 'pigeon' }] };");
    const plugged = await loadPlugins(root, ['carrier'], own);
    expect(plugged.transports.map(({ name }) => name)).to.include.members(['directory', 'pigeon']);
    expect(plugged.codecs).to.deep.equal(codecs);
  });

  it('replace nothing', async () => {
    install('carrier', "export default { name: 'carrier', transports: [{ name: 'http' }] };");
    expect(await refusal('carrier')).to.match(/http: there is a transport of this name already/);
  });

  it('that are not there or none are refused with what to do', async () => {
    install('stone', 'export const name = 1;');
    expect(await refusal('stone')).to.match(/default export is no plugin/);
    expect(await refusal('nowhere')).to.match(/not installed: npm install nowhere/);
  });
});
