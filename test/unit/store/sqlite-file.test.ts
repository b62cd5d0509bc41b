import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import type { Store } from '../../../src/model/store.ts';
import { stores } from '../../../src/store/index.ts';
import { at, ids, payload } from '../../support/store-cases.ts';

describe('the file of a SQLite store', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tradelane-file-'));
    file = join(folder, 'made', 'for', 'it', 'hub.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const open = (name = file): Promise<Store> =>
    stores.sqlite({ file: name, makeId: ids(), now: () => at(0) });
  const codeOf = async (opening: Promise<Store>): Promise<unknown> => {
    const error: unknown = await opening.catch((failure: unknown) => failure);
    return error instanceof Error && 'code' in error ? error.code : 'opened';
  };
  const rows = (sql: string): unknown => {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      return database.prepare(sql).get();
    } finally {
      database.close();
    }
  };

  it('belongs to one hub, by whatever name it is opened', async () => {
    const store = await open();
    const other = join(folder, 'other.db');
    symlinkSync(file, other);
    expect(await codeOf(open())).to.equal('store-busy');
    expect(await codeOf(open(other))).to.equal('store-busy');
    await store.close();
    await store.close();
    await (await open(other)).close();
  });

  it('may be read by people while the hub runs', async () => {
    const store = await open();
    expect(rows('select count(*) as n from transfer')).to.include({ n: 0 });
    await store.close();
  });

  it('is refused when a newer hub has written it, and stays free', async () => {
    await (await open()).close();
    const database = new DatabaseSync(file);
    database.exec("insert into migration values (9999, 'of the future', '')");
    expect(await codeOf(open())).to.equal('config-invalid');
    database.exec('delete from migration where number = 9999');
    database.close();
    await (await open()).close();
  });

  it('keeps nothing of a body whose stream fails or is too large', async () => {
    const store = await open();
    const failing = async function* (): AsyncGenerator<Uint8Array> {
      yield* payload('x', 600_000);
      throw new Error('the line broke');
    };
    const failure = await store.stage(failing(), 1_000_000).catch(String);
    expect(failure).to.equal('Error: the line broke');
    await store.stage(payload('x', 600_000), 500_000).catch(() => undefined);
    expect(rows('select count(*) as n from chunk')).to.include({ n: 0 });
    expect(rows('select count(*) as n from blob')).to.include({ n: 0 });
    await store.close();
  });

  it('keeps nothing of a body that was staged for a repeat', async () => {
    const store = await open();
    for (const id of ['A', 'B']) {
      const blob = await store.stage(payload('x', 600_000), 1_000_000);
      const parts = [{ name: 'a', contentType: 'b', blob }];
      const from = { connector: 'acme', transport: 'http', key: 'k', headers: {}, at: at(0) };
      const { repeated } = await store.accept({ id, parts, ...from });
      expect(repeated).to.equal(id === 'B');
    }
    expect(rows('select count(*) as n from chunk')).to.include({ n: 3 });
    expect(rows('select count(*) as n from blob')).to.include({ n: 1 });
    await store.close();
  });
});
