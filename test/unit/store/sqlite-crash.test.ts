import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Store } from '../../../src/model/store.ts';
import { stores } from '../../../src/store/index.ts';
import { at, ids } from '../../support/store-cases.ts';

const script = fileURLToPath(new URL('../../support/store-process.ts', import.meta.url));

describe('a SQLite store whose hub is killed', () => {
  let folder: string;
  let file: string;
  let child: ChildProcessByStdio<null, Readable, null>;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tradelane-crash-'));
    file = join(folder, 'hub.db');
  });
  afterEach(() => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  /** Runs a hub until it has said `lines` things, kills it, and returns all that it said. */
  const killedAfter = async (lines: number): Promise<string[]> => {
    child = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    const said: string[] = [];
    const ended = once(child, 'exit');
    for await (const line of createInterface({ input: child.stdout })) {
      said.push(line);
      if (said.length === lines) child.kill('SIGKILL');
    }
    await ended;
    return said;
  };
  const open = (): Promise<Store> => stores.sqlite({ file, makeId: ids(), now: () => at(0) });
  const named = (said: readonly string[], what: string): string[] =>
    said.filter((line) => line.startsWith(`${what} `)).map((line) => line.slice(what.length + 1));

  it('has what it said it has, and opens with nothing else to do', async () => {
    const said = await killedAfter(600);
    expect(named(said, 'sent').length).to.be.greaterThan(50);
    const store = await open();
    for (const id of named(said, 'accepted')) {
      const digest = (await store.transfer(id))?.parts[0]?.digest ?? id;
      const pieces: Uint8Array[] = [];
      for await (const piece of store.bytes(digest)) pieces.push(piece);
      expect(Buffer.concat(pieces).toString()).to.equal(id.padEnd(3000, '.'));
    }
    for (const id of named(said, 'checked')) {
      expect(await store.transfer(id)).to.include({ state: 'checked' });
    }
    for (const id of named(said, 'sent')) {
      expect(await store.delivery(id)).to.include({ state: 'sent' });
    }
    await store.close();
  });

  it('has used control numbers without gap or repeat', async () => {
    await killedAfter(400);
    const store = await open();
    const numbers: number[] = [];
    let after: string | undefined;
    do {
      const page = await store.deliveries({ limit: 500, after });
      for (const { fileName } of page.items) numbers.push(Number(/\d+(?=\.x12$)/.exec(fileName)));
      after = page.next;
    } while (after !== undefined);
    const expected = Array.from({ length: numbers.length }, (_, n) => numbers.length - n);
    expect(numbers).to.deep.equal(expected);
    await store.close();
  });

  it('keeps nothing of bodies that were on their way, and no broken page', async () => {
    await killedAfter(200);
    const store = await open();
    await store.close();
    const database = new DatabaseSync(file, { readOnly: true });
    const { staged } = database
      .prepare('select count(*) as staged from blob where digest is null')
      .get() as { staged: number };
    const { orphans } = database
      .prepare(
        'select count(*) as orphans from chunk where id / 65536 not in (select seq from blob)',
      )
      .get() as { orphans: number };
    const check = database.prepare('pragma integrity_check').get();
    database.close();
    expect({ staged, orphans }).to.deep.equal({ staged: 0, orphans: 0 });
    expect(check).to.include({ integrity_check: 'ok' });
  });

  it('is refused to a second hub while the first lives, and free when it is dead', async () => {
    child = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    const refusal: unknown = await open().catch((error: unknown) => error);
    expect(refusal).to.include({ code: 'store-busy' });
    expect(String(refusal)).to.contain(file);
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    await (await open()).close();
  });
});
