import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { findByEnvelopeId } from '../../../src/connectors/envelope-index.ts';
import { loadInstallation } from '../../../src/connectors/installation.ts';
import { transports } from '../../../src/transports/index.ts';

const home = join(import.meta.dirname, '../../..');

describe('the installation that comes with the hub', () => {
  const { hub, connectors, routes, faults } = loadInstallation(home, { env: {}, transports });
  const byId = new Map(connectors.map((connector) => [connector.id, connector]));

  it('has no faults', () => {
    expect(faults).to.deep.equal([]);
    expect([...byId.keys()]).to.include.members(['acme', 'erp', 'globex', 'nordwind']);
    expect(routes).to.deep.equal([]);
  });

  it('says of each agreement what is acknowledged and expected', () => {
    const acme = byId.get('acme');
    expect(acme?.inbound.map((one) => [one.mapping, one.acknowledge.with])).to.deep.equal([
      ['partners/acme/850', '997'],
      ['x12/004010/820', '997'],
    ]);
    expect(acme?.outbound.map((one) => one.expect)).to.deep.equal(
      Array(3).fill({ message: '997', withinSeconds: 4 * 3600 }),
    );
    const globex = byId.get('globex');
    expect(globex?.inbound[0]).to.include({ mapping: 'cxml/OrderRequest' });
    expect(globex?.inbound[0]?.acknowledge.with).to.equal('response');
    expect(globex?.outbound[0]?.expect).to.deep.equal({
      message: 'response',
      withinSeconds: undefined,
    });
  });

  it('knows whom an envelope id belongs to', () => {
    const find = findByEnvelopeId(connectors);
    expect(find('x12', { qualifier: 'ZZ', id: 'ACMERETAIL     ' })?.id).to.equal('acme');
    expect(find('edifact', { qualifier: '14', id: '4012345000009' })?.id).to.equal('nordwind');
    expect(find('cxml', { qualifier: 'NetworkId', id: 'AN01000000002' })?.id).to.equal('globex');
    expect(find('x12', { qualifier: '01', id: 'ACMERETAIL' })).to.equal(undefined);
    expect(find('edifact', { qualifier: 'ZZ', id: 'ACMERETAIL' })).to.equal(undefined);
  });

  it('takes where the others are from the environment', () => {
    const env = { ERP_URL: 'http://127.0.0.1:1234' };
    const moved = loadInstallation(home, { env, transports }).connectors;
    const url = (id: string) => moved.find((one) => one.id === id)?.out?.settings['url'];
    expect(url('erp')).to.equal('http://127.0.0.1:1234');
    expect(url('globex')).to.equal('http://127.0.0.1:8091/cxml');
    expect(hub.server).to.deep.equal({ host: '127.0.0.1', port: 8080 });
  });
});

describe('an installation', () => {
  let root: string;
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  const load = (env: Record<string, string> = {}) => loadInstallation(root, { env, transports });

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tradelane-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('has a default for every key of the hub', () => {
    expect(load().hub).to.deep.include({
      us: {},
      zone: 'UTC',
      store: { use: 'sqlite', path: 'data/tradelane.db' },
      queue: { use: 'embedded' },
      server: { host: '127.0.0.1', port: 8080 },
      plugins: [],
    });
    expect(load().hub.limits).to.include({ bodyBytes: 268_435_456, messageBytes: 16_777_216 });
  });

  it('reads the keys of the hub that are given', () => {
    write(
      'config/hub.yaml',
      'server: { port: 0 }\nlimits: { bodyBytes: 1GB }\nstore: { use: sqlite }',
    );
    const { hub, faults } = load();
    expect(faults).to.deep.equal([]);
    expect(hub.server).to.deep.equal({ host: '127.0.0.1', port: 0 });
    expect(hub.limits.bodyBytes).to.equal(2 ** 30);
    expect(hub.store).to.deep.equal({ use: 'sqlite', path: 'data/tradelane.db' });
  });

  it('lets a connector say only what differs from its kit', () => {
    write(
      'connectors/kits/x.yaml',
      'us: { x12: ZZ:US, gln: "1" }\nzone: Europe/Paris\nin: { use: directory, path: a }\n' +
        'inbound:\n  - { message: x12/004010/850, acknowledge: 997 }\n' +
        '  - { message: x12/004010/820 }\n',
    );
    write(
      'connectors/acme.yaml',
      'extends: kits/x\nids: { x12: ZZ:ACME }\nus: { x12: ZZ:OTHER }\nin: { path: b }\n' +
        'inbound:\n  - { message: x12/004010/850, mapping: partners/acme/850 }\n' +
        '  - { message: x12/004010/860 }\n',
    );
    const { connectors, faults } = load();
    expect(faults).to.deep.equal([]);
    expect(connectors[0]).to.deep.include({
      us: { x12: 'ZZ:OTHER', gln: '1' },
      zone: 'Europe/Paris',
      in: { use: 'directory', settings: { path: 'b' } },
    });
    expect(
      connectors[0]?.inbound.map((one) => [one.message.name, one.mapping, one.acknowledge.with]),
    ).to.deep.equal([
      ['850', 'partners/acme/850', '997'],
      ['820', 'x12/004010/820', undefined],
      ['860', 'x12/004010/860', undefined],
    ]);
  });

  it('takes no settings of a kit for another transport', () => {
    write('connectors/kits/x.yaml', 'in: { use: directory, path: a }\n');
    write('connectors/acme.yaml', 'extends: kits/x\nin: { use: http, key: env:KEY }\n');
    const { connectors, faults } = load();
    expect(faults).to.deep.equal([]);
    expect(connectors[0]?.in).to.deep.equal({ use: 'http', settings: { key: 'env:KEY' } });
  });

  it('keeps scalars as they are written, and turns settings into what their schema wants', () => {
    write(
      'connectors/acme.yaml',
      'ids: { gln: 0614141000005, other: 00 }\nvalues: { answer: NO, price: 1.10 }\n' +
        'in: { use: directory, path: a, pollSeconds: 0.5 }\n',
    );
    const { connectors, faults } = load();
    expect(faults).to.deep.equal([]);
    expect(connectors[0]?.ids).to.deep.equal({ gln: '0614141000005', other: '00' });
    expect(connectors[0]?.values).to.deep.equal({ answer: 'NO', price: '1.10' });
    expect(connectors[0]?.in?.settings).to.deep.equal({ path: 'a', pollSeconds: 0.5 });
  });

  it('never puts a secret into a text', () => {
    const reference = ['env:$', '{WHICH}'].join('');
    write('connectors/acme.yaml', `in: { use: http, key: "${reference}" }\n`);
    expect(load({ WHICH: 'KEY' }).connectors[0]?.in?.settings['key']).to.equal(reference);
  });

  it('sends by default only where a repeat does no harm', () => {
    write('connectors/files.yaml', 'out: { use: directory, path: a }\n');
    write('connectors/posts.yaml', 'out: { use: http, url: "https://example.com" }\n');
    write('connectors/serial.yaml', 'order: serial\nconcurrency: 8\n');
    const { connectors } = load();
    expect(connectors.map(({ id, repeat }) => `${id} ${repeat}`)).to.deep.equal([
      'files safe',
      'posts never',
      'serial never',
    ]);
    expect(connectors[2]?.concurrency).to.equal(1);
  });

  it('reads separators, and writes of the agreement over those of the connector', () => {
    write(
      'connectors/acme.yaml',
      'ids: { x12: ZZ:ACME }\nus: { x12: ZZ:US }\nout: { use: directory, path: a }\n' +
        'syntax: { element: "|", terminator: \\x1d, lineBreak: "" }\n' +
        'outbound:\n  - { message: x12/004010/810, syntax: { element: "*", inData: refuse } }\n',
    );
    const { connectors, faults } = load();
    expect(faults).to.deep.equal([]);
    expect(connectors[0]?.outbound[0]?.syntax).to.deep.equal({
      element: '*',
      terminator: '\x1d',
      lineBreak: '',
      inData: 'refuse',
    });
  });

  it('has another digest when the file or its kit changes', () => {
    write('connectors/kits/x.yaml', 'zone: UTC\n');
    write('connectors/acme.yaml', 'extends: kits/x\n');
    const first = load().digests['acme'];
    expect(first).to.match(/^[0-9a-f]{64}$/);
    expect(load().digests['acme']).to.equal(first);
    write('connectors/kits/x.yaml', 'zone: Europe/Berlin\n');
    expect(load().digests['acme']).not.to.equal(first);
  });

  it('lets nothing go the usual way when the routes cannot be read', () => {
    write('connectors/erp.yaml', 'role: erp\n');
    write('config/routes.yaml', 'routes:\n  - { when: { from: acme }, to: erp }\n');
    expect(load().faults).to.have.length(1);
    expect(load().routes).to.deep.equal([{ when: {}, to: '' }]);
  });

  it('extends kits that extend others', () => {
    write('connectors/kits/a.yaml', 'zone: Europe/Paris\norder: serial\n');
    write('connectors/kits/b.yaml', 'extends: kits/a\nzone: Europe/Rome\n');
    write('connectors/acme.yaml', 'extends: kits/b\n');
    const { connectors, faults } = load();
    expect(faults).to.deep.equal([]);
    expect(connectors[0]).to.include({ zone: 'Europe/Rome', order: 'serial' });
  });

  it('reads routes in their order', () => {
    write('connectors/erp.yaml', 'role: erp\n');
    write(
      'config/routes.yaml',
      'routes:\n  - { when: { document: invoice, from: erp }, to: erp }\n',
    );
    const { routes, faults } = load();
    expect(faults).to.deep.equal([]);
    expect(routes).to.deep.equal([{ when: { document: 'invoice', from: 'erp' }, to: 'erp' }]);
  });
});
