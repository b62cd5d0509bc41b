import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { HubError } from '../../../src/model/errors.ts';
import type { Receiver } from '../../../src/model/transport.ts';
import { directory } from '../../../src/transports/directory/directory.ts';
import { foundFile } from '../../../src/transports/directory/look.ts';
import { pickUp } from '../../../src/transports/directory/pick-up.ts';
import { receivePort, type TestReceivePort } from '../../support/transport-ports.ts';

describe('directory in', () => {
  let root: string;
  let folder: string;
  let port: TestReceivePort;
  let receiver: Receiver | undefined;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tradelane-'));
    folder = join(root, 'in');
    port = receivePort(root, 1000);
  });
  afterEach(async () => {
    await receiver?.stop();
    receiver = undefined;
    rmSync(root, { recursive: true, force: true });
  });

  /** A poll so rare that only the test looks, unless it says otherwise. */
  const start = async (settings: Record<string, unknown> = {}): Promise<void> => {
    const given = { path: 'in', pollSeconds: 3600, settleSeconds: 0, ...settings };
    receiver = await directory.receive!('acme', given, port);
  };
  const look = async (times = 2): Promise<void> => {
    for (let count = 0; count < times; count += 1) await receiver!.poll!();
  };
  const drop = (name: string, text: string, modifiedSeconds?: number): void => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), text);
    if (modifiedSeconds !== undefined) {
      utimesSync(join(folder, name), modifiedSeconds, modifiedSeconds);
    }
  };
  const texts = (): string[] => port.stored.map(({ bytes }) => bytes.toString());

  it('takes the oldest first, and of one age by name', async () => {
    drop('c', 'third', 2000);
    drop('b', 'second', 1000);
    drop('a', 'fourth', 2001);
    drop('A', 'first', 1000);
    await start();
    await look();
    expect(texts()).to.deep.equal(['first', 'second', 'third', 'fourth']);
    expect(readdirSync(join(folder, 'done')).sort()).to.deep.equal(['A', 'a', 'b', 'c']);
  });

  it('leaves hidden, temporary and other names alone, and whatever is no plain file', async () => {
    const names = ['.hidden', 'a.tmp', 'a.PART', 'a.filepart', 'a.writing', 'a.edi~', 'a.txt'];
    for (const name of names) drop(name, 'unfinished');
    mkdirSync(join(folder, 'folder.edi'));
    writeFileSync(join(root, 'secret'), 'not ours to read');
    symlinkSync(join(root, 'secret'), join(folder, 'link.edi'));
    execFileSync('mkfifo', [join(folder, 'pipe.edi')]);
    drop('good.edi', 'good');
    await start({ pattern: '*.edi' });
    await look(3);
    expect(texts()).to.deep.equal(['good']);
    const left = readdirSync(folder).filter((name) => name !== 'done' && name !== 'error');
    expect(left.sort()).to.deep.equal([...names, 'folder.edi', 'link.edi', 'pipe.edi'].sort());
  });

  it('waits until a file that is written in place rests', async () => {
    await start();
    drop('slow.edi', 'half');
    await look(1);
    appendFileSync(join(folder, 'slow.edi'), ' and half');
    await look(1);
    expect(port.stored).to.deep.equal([]);
    await look(1);
    expect(texts()).to.deep.equal(['half and half']);
  });

  it('waits as long as it is told to', async () => {
    await start({ settleSeconds: 0.2 });
    drop('slow.edi', 'whole');
    await look(3);
    expect(port.stored).to.deep.equal([]);
    await port.untilStored(1);
    expect(texts()).to.deep.equal(['whole']);
  });

  it('takes a file that is renamed from a temporary name at once', async () => {
    await start({ settleSeconds: 3600 });
    drop('.order.edi.tmp', 'whole');
    await look(1);
    renameSync(join(folder, '.order.edi.tmp'), join(folder, 'order.edi'));
    await look(1);
    expect(texts()).to.deep.equal(['whole']);
  });

  it('sees a new file without waiting for the next poll', async () => {
    await start();
    drop('order.edi', 'told by the system');
    await port.untilStored(1);
    expect(texts()).to.deep.equal(['told by the system']);
  });

  it('never takes a file that grows while it is read', async () => {
    await start();
    drop('grows.edi', 'half');
    await look(1);
    const accept = port.accept;
    port.accept = async (arrival) => {
      appendFileSync(join(folder, 'grows.edi'), ' and more');
      return await accept(arrival);
    };
    await look(1);
    expect(port.stored).to.deep.equal([]);
    port.accept = accept;
    await look(2);
    expect(texts()).to.deep.equal(['half and more']);
  });

  it('keeps what lies in done, and gives the new file another name', async () => {
    mkdirSync(join(folder, 'done'), { recursive: true });
    writeFileSync(join(folder, 'done', 'order.edi'), 'earlier');
    drop('order.edi', 'later');
    await start();
    await look();
    const done = readdirSync(join(folder, 'done'));
    expect(done).to.have.length(2);
    expect(readFileSync(join(folder, 'done', 'order.edi'), 'utf8')).to.equal('earlier');
    const other = done.find((name) => name !== 'order.edi') ?? '';
    expect(other).to.match(/^order\.T-\d+\.edi$/);
    expect(readFileSync(join(folder, 'done', other), 'utf8')).to.equal('later');
  });

  it('only moves a file whose hub died after the commit', async () => {
    drop('order.edi', 'once');
    await start();
    port.afterStore = () => Promise.reject(new HubError('internal', 'Killed.'));
    await look();
    await receiver!.stop();
    expect(existsSync(join(folder, 'order.edi'))).to.equal(true);
    port.afterStore = async () => undefined;
    await start();
    await look();
    expect(texts()).to.deep.equal(['once']);
    expect(new Set(port.keys).size).to.equal(1);
    expect(port.keys.length).to.be.greaterThan(1);
    expect(existsSync(join(folder, 'done', 'order.edi'))).to.equal(true);
  });

  it('takes the same name with other content as another arrival', async () => {
    await start();
    drop('order.edi', 'one');
    await look();
    drop('order.edi', 'two');
    await look();
    expect(texts()).to.deep.equal(['one', 'two']);
  });

  it('puts a file that is too large into error, with the reason beside it', async () => {
    drop('large.edi', 'x'.repeat(1001));
    mkdirSync(join(folder, 'error'), { recursive: true });
    writeFileSync(join(folder, 'error', 'large.edi.txt'), 'theirs');
    await start();
    await look();
    expect(port.keys).to.deep.equal([]);
    expect(port.refusals.map(({ name, error }) => [name, error.code])).to.deep.equal([
      ['large.edi', 'too-large'],
    ]);
    const names = readdirSync(join(folder, 'error')).sort();
    expect(names).to.have.length(3);
    expect(readFileSync(join(folder, 'error', 'large.edi.txt'), 'utf8')).to.equal('theirs');
    const why = names.find((name) => name !== 'large.edi.txt' && name.endsWith('.txt')) ?? '';
    const told = readFileSync(join(folder, 'error', why), 'utf8');
    expect(told).to.include('large.edi').and.to.include('1001 bytes').and.to.include('too-large');
  });

  it('goes on with the others when one file cannot be stored', async () => {
    drop('a.edi', 'bad', 1000);
    drop('b.edi', 'good', 2000);
    await start();
    port.beforeStore = async () => {
      if (port.keys.at(-1)?.includes('a.edi')) throw new HubError('internal', 'The disk is full.');
    };
    await look();
    expect(texts()).to.deep.equal(['good']);
    expect(existsSync(join(folder, 'a.edi'))).to.equal(true);
    expect(port.logged.join()).to.include('a.edi stays where it is: The disk is full.');
  });

  it('waits before it tries a failing file again, and longer each time', async () => {
    let nowMs = 0;
    port.clock.monotonic = () => nowMs;
    const tries = () => port.keys.filter((key) => key.includes('bad.edi')).length;
    port.beforeStore = async () => {
      if (port.keys.at(-1)?.includes('bad.edi')) throw new HubError('internal', 'Not now.');
    };
    await start({ pollSeconds: 10 });
    drop('bad.edi', 'bad');
    await look();
    const before = tries();
    drop('.good.edi.tmp', 'good');
    renameSync(join(folder, '.good.edi.tmp'), join(folder, 'good.edi'));
    await port.untilStored(1);
    expect(tries()).to.equal(before);
    nowMs = 3_600_000;
    drop('.late.edi.tmp', 'late');
    renameSync(join(folder, '.late.edi.tmp'), join(folder, 'late.edi'));
    await port.untilStored(2);
    expect(tries()).to.equal(before + 1);
  });

  it('opens no link that was put in the place of a file', async () => {
    drop('real', 'not ours to read');
    symlinkSync(join(folder, 'real'), join(folder, 'order.edi'));
    const found = foundFile('order.edi', statSync(join(folder, 'real'), { bigint: true }));
    const folders = { label: 'in', path: folder, done: folder, error: folder };
    const error = await pickUp('acme', found, folders, port).catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: 'ELOOP' });
    expect(port.keys).to.deep.equal([]);
  });

  it('takes files whatever bytes their names have, and never as a path', async () => {
    mkdirSync(folder);
    const latin = Buffer.concat([Buffer.from(`${folder}/Bestellung_M`), Buffer.from([0xfc, 0x2e])]);
    writeFileSync(latin, 'Müller');
    drop('a%2f..%2f..%2fetc', 'dots');
    drop('line\nbreak', 'break');
    drop('ü'.repeat(120), 'long');
    await start();
    await look();
    expect(texts().sort()).to.deep.equal(['Müller', 'break', 'dots', 'long']);
    expect(port.stored.map(({ headers }) => headers['file-name'])).to.include.members([
      'Bestellung_Mü.',
      'line?break',
    ]);
    expect(readdirSync(join(folder, 'done'))).to.have.length(4);
    expect(readdirSync(root)).to.deep.equal(['in']);
  });

  it('waits for a folder of the system that is not mounted yet', async () => {
    const mount = join(root, 'mount');
    await start({ path: mount });
    await look(1);
    expect(existsSync(mount)).to.equal(false);
    expect(port.logged.filter((line) => line.includes('Cannot watch'))).to.have.length(1);
    mkdirSync(mount);
    writeFileSync(join(mount, 'order.edi'), 'there now');
    await look();
    expect(texts()).to.deep.equal(['there now']);
  });

  it('keeps the file when it may not be moved', async function () {
    if (process.getuid?.() === 0) this.skip();
    drop('order.edi', 'stays');
    await start();
    chmodSync(join(folder, 'done'), 0o500);
    await look();
    chmodSync(join(folder, 'done'), 0o700);
    expect(existsSync(join(folder, 'order.edi'))).to.equal(true);
  });
});
