import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadInstallation } from '../../../src/connectors/installation.ts';
import {
  createMissingKeys,
  resolveSecret,
  secretResolver,
} from '../../../src/connectors/secrets.ts';

describe('secrets', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tradelane-'));
    mkdirSync(join(root, 'connectors'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('come from the environment or a file, without the line break at its end', () => {
    writeFileSync(join(root, 'key'), 'from a file\n');
    expect(resolveSecret('env:KEY', root, { KEY: 'from env' })).to.equal('from env');
    expect(resolveSecret('file:key', root, {})).to.equal('from a file');
    expect(resolveSecret(`file:${join(root, 'key')}`, root, {})).to.equal('from a file');
  });

  it('count from a second after their file was replaced', () => {
    let now = 0;
    const secret = secretResolver(root, {}, () => now);
    expect(() => secret('file:key'))
      .to.throw()
      .with.property('code', 'secret-missing');
    writeFileSync(join(root, 'key'), 'first');
    expect(secret('file:key')).to.equal('first');
    writeFileSync(join(root, 'key'), 'second');
    now = 999;
    expect(secret('file:key')).to.equal('first');
    now = 1000;
    expect(secret('file:key')).to.equal('second');
  });

  it('are missing when empty, and the error says where to put them', () => {
    writeFileSync(join(root, 'empty'), '\n');
    for (const reference of ['env:KEY', 'file:empty', 'file:nowhere', 'plain']) {
      expect(() => resolveSecret(reference, root, { KEY: '' }))
        .to.throw()
        .with.property('code', 'secret-missing');
    }
    expect(() => resolveSecret('file:nowhere', root, {})).to.throw('the file nowhere');
  });

  it('are made below data/keys when they are not there, for the owner alone', () => {
    const keys = join(root, 'data/keys');
    mkdirSync(keys, { recursive: true });
    writeFileSync(join(keys, 'there'), 'kept');
    writeFileSync(
      join(root, 'connectors/acme.yaml'),
      'in: { use: http, key: file:data/keys/new, sharedSecret: file:data/keys/there }\n' +
        'out:\n  use: http\n  url: https://example.com\n  key: file:elsewhere/key\n' +
        '  headers: { X-Key: file:data/keys/../../outside, X-New: file:data/keys/new }\n',
    );
    const installation = loadInstallation(root, { env: {} });
    expect(createMissingKeys(installation)).to.deep.equal(['data/keys/new']);
    expect(readdirSync(keys)).to.deep.equal(['new', 'there']);
    expect(readdirSync(root)).to.deep.equal(['connectors', 'data']);
    const made = resolveSecret('file:data/keys/new', root, {});
    expect(made).to.match(/^[0-9a-f]{64}$/);
    expect(statSync(join(keys, 'new')).mode & 0o777).to.equal(0o600);
    expect(readFileSync(join(keys, 'there'), 'utf8')).to.equal('kept');
    expect(createMissingKeys(installation)).to.deep.equal([]);
    expect(resolveSecret('file:data/keys/new', root, {})).to.equal(made);
  });
});
