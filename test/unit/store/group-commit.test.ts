import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { isHubError } from '../../../src/model/errors.ts';
import { migrations } from '../../../src/store/migrations/index.ts';
import { Connection } from '../../../src/store/sqlite/connection.ts';
import { GroupCommit } from '../../../src/store/sqlite/group-commit.ts';
import { migrate } from '../../../src/store/sqlite/migrate.ts';
import { all, statement, type Unit } from '../../../src/store/unit.ts';
import { event } from '../../../src/store/units/journal.ts';

describe('group commit', () => {
  let folder: string;
  let connection: Connection;
  let commits: GroupCommit;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tradelane-commit-'));
    connection = new Connection(join(folder, 'hub.db'));
    migrate(connection.database, migrations, { file: 'hub.db', now: () => '' });
    commits = new GroupCommit(connection);
  });
  afterEach(() => {
    commits.close();
    connection.close();
    rmSync(folder, { recursive: true });
  });

  const write = (subject: string): Promise<void> => commits.write(() => event('', 'x', subject));
  const subjects = (): string[] => connection.run(all(listSubjects, {})).map((row) => row.subject);
  const listSubjects = statement((db, _: object) =>
    db.selectFrom('event').select('subject').orderBy('seq'),
  );
  /** Commits in the write-ahead log: frames that carry the size of the database after them. */
  const commitCount = (): number => {
    const log = readFileSync(join(folder, 'hub.db-wal'));
    const frame = log.readUInt32BE(8) + 24;
    let count = 0;
    for (let at = 32; at + frame <= log.length; at += frame) {
      const isOfThisLog = log.readUInt32BE(at + 8) === log.readUInt32BE(16);
      if (isOfThisLog && log.readUInt32BE(at + 4) > 0) count += 1;
    }
    return count;
  };

  it('is durable: a commit is on the disk when it returns', () => {
    const told = (name: string) => connection.database.prepare(`pragma ${name}`).get();
    expect(told('journal_mode')).to.include({ journal_mode: 'wal' });
    expect(told('synchronous')).to.include({ synchronous: 2 });
    expect(told('foreign_keys')).to.include({ foreign_keys: 1 });
  });

  it('shares one commit among the units of a turn, in their order', async () => {
    const before = commitCount();
    const names = Array.from({ length: 64 }, (_, n) => `unit ${n}`);
    await Promise.all(names.map(write));
    expect(commitCount() - before).to.equal(1);
    expect(subjects()).to.deep.equal(names);
  });

  it('answers after the commit, which another connection then sees', async () => {
    const other = new Connection(join(folder, 'hub.db'));
    await write('a');
    expect(other.run(all(listSubjects, {}))).to.have.length(1);
    other.close();
  });

  it('rolls back a failing unit to its own beginning only', async () => {
    function* failing(): Unit<void> {
      yield* event('', 'x', 'lost');
      throw new Error('no');
    }
    const results = await Promise.allSettled([write('a'), commits.write(failing), write('b')]);
    expect(results.map(({ status }) => status)).to.deep.equal([
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(String(results[1]?.status === 'rejected' && results[1].reason)).to.equal('Error: no');
    expect(subjects()).to.deep.equal(['a', 'b']);
  });

  it('tells every sender of a full disk, stores nothing, and goes on when there is room', async () => {
    await write('before');
    const [{ page_count: used = 0 } = {}] = connection.database
      .prepare('pragma page_count')
      .all() as { page_count?: number }[];
    connection.database.exec(`pragma max_page_count = ${used + 2}`);
    const large = () => commits.write(() => event('', 'x', 'large', 'x'.repeat(100_000)));
    const [failure] = await Promise.allSettled([large()]);
    const reason = failure?.status === 'rejected' ? failure.reason : undefined;
    expect(isHubError(reason) && reason.code).to.equal('internal');
    expect(String(reason)).to.contain('full');
    connection.database.exec(`pragma max_page_count = ${used + 1000}`);
    await large();
    expect(subjects()).to.deep.equal(['before', 'large']);
  });

  it('commits what waits when it is closed, and takes no more', async () => {
    const last = write('last');
    commits.close();
    await last;
    expect(subjects()).to.deep.equal(['last']);
    const [late] = await Promise.allSettled([write('late')]);
    expect(late?.status).to.equal('rejected');
  });

  it('refuses to bind what SQLite would take for NULL', async () => {
    for (const wrong of [new Date(), { a: 1 }, undefined, Number.NaN]) {
      const [outcome] = await Promise.allSettled([
        commits.write(() => event('', 'x', wrong as unknown as string)),
      ]);
      expect(outcome?.status).to.equal('rejected');
    }
    expect(subjects()).to.deep.equal([]);
  });
});
