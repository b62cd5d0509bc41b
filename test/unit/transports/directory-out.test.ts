import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Parcel } from '../../../src/model/transport.ts';
import { directory } from '../../../src/transports/directory/directory.ts';
import { parcel, sendPort } from '../../support/transport-ports.ts';

describe('directory out', () => {
  let root: string;
  let folder: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tradelane-'));
    folder = join(root, 'out');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const send = (sent: Parcel, settings: Record<string, unknown> = {}) =>
    directory.send!({ path: 'out', ...settings }, sent, sendPort(root));
  const payload = parcel(Buffer.from('ISA*00*'));

  it('names the file as the delivery does, and leaves nothing else behind', async () => {
    expect(await send(payload)).to.deep.equal({ ok: true, text: 'Dropped 855-000000001.x12' });
    expect(readdirSync(folder)).to.deep.equal(['855-000000001.x12']);
    expect(readFileSync(join(folder, '855-000000001.x12'), 'utf8')).to.equal('ISA*00*');
  });

  it('gives another extension where that is agreed', async () => {
    await send(payload, { extension: '.edi' });
    expect(readdirSync(folder)).to.deep.equal(['855-000000001.edi']);
  });

  it('shows nobody a file that is not whole', async () => {
    const seen: string[][] = [];
    const slow = {
      ...payload,
      bytes: async function* () {
        yield Buffer.from('ISA');
        seen.push(readdirSync(folder));
        yield Buffer.from('*00*');
      },
    };
    await send(slow);
    expect(seen).to.have.length(1);
    expect(seen[0]?.every((name) => name.startsWith('.'))).to.equal(true);
  });

  it('leaves no half a file when the payload breaks off', async () => {
    const broken = {
      ...payload,
      bytes: async function* () {
        yield Buffer.from('ISA');
        throw new Error('The store is gone.');
      },
    };
    expect(await send(broken)).to.include({ ok: false, retry: 'transient' });
    const short = { ...payload, size: 99 };
    expect(await send(short)).to.include({ ok: false, retry: 'transient' });
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('never overwrites other bytes under its name', async () => {
    await send(payload);
    for (const text of ['ISA*11*', 'ISA*00*longer', '']) {
      const outcome = await send(parcel(Buffer.from(text)));
      expect(outcome).to.include({ ok: false, retry: 'permanent' });
    }
    expect(readFileSync(join(folder, '855-000000001.x12'), 'utf8')).to.equal('ISA*00*');
  });

  it('writes through no link', async () => {
    mkdirSync(folder);
    writeFileSync(join(root, 'theirs'), 'ISA*00*');
    symlinkSync(join(root, 'theirs'), join(folder, '855-000000001.x12'));
    expect(await send(payload)).to.include({ ok: false, retry: 'permanent' });
    expect(readFileSync(join(root, 'theirs'), 'utf8')).to.equal('ISA*00*');
  });

  it('writes through no link under its temporary name', async () => {
    mkdirSync(folder);
    writeFileSync(join(root, 'theirs'), 'kept');
    const temporary = `.${payload.fileName}.${payload.delivery}.tmp`;
    symlinkSync(join(root, 'theirs'), join(folder, temporary));
    expect(await send(payload)).to.include({ ok: false });
    expect(readFileSync(join(root, 'theirs'), 'utf8')).to.equal('kept');
  });

  it('takes no name that leads elsewhere', async () => {
    for (const fileName of ['../escaped', 'a/b', '.hidden', '', 'nul\0']) {
      const outcome = await send({ ...payload, fileName });
      expect(outcome).to.include({ ok: false, retry: 'permanent' });
    }
    expect(readdirSync(root)).to.deep.equal([]);
  });

  it('tries again later where rights are missing', async function () {
    if (process.getuid?.() === 0) this.skip();
    mkdirSync(folder);
    chmodSync(folder, 0o500);
    expect(await send(payload)).to.include({ ok: false, retry: 'transient' });
  });
});
