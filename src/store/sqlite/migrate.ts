/** Brings a file to this hub's schema, each step in a transaction of its own. */
import type { DatabaseSync } from 'node:sqlite';
import { HubError } from '../../model/errors.ts';
import type { Instant } from '../../model/time.ts';
import type { Migration, Words } from '../migrations/migration.ts';

/** Throws HubError `config-invalid` when a newer hub has written the file. */
export function migrate(
  database: DatabaseSync,
  migrations: readonly Migration[],
  { file, now }: { file: string; now: () => Instant },
): void {
  database.exec(
    'create table if not exists migration (number integer primary key, name text, at text)',
  );
  const at = Number(
    database.prepare('select coalesce(max(number), 0) as n from migration').get()?.['n'],
  );
  const newest = migrations.at(-1)?.number ?? 0;
  if (at > newest) {
    throw new HubError(
      'config-invalid',
      `${file} was written by a newer Tradelane (schema ${at}, this one knows ${newest}): ` +
        'start that version, or restore a backup from before the upgrade.',
      { details: { file, schema: at, known: newest } },
    );
  }
  for (const migration of migrations) if (migration.number > at) step(database, migration, now());
}

function step(database: DatabaseSync, migration: Migration, at: Instant): void {
  database.exec('begin immediate');
  try {
    for (const sql of migration.statements(words)) database.exec(sql);
    database
      .prepare('insert into migration (number, name, at) values (?, ?, ?)')
      .run(migration.number, migration.name, at);
    database.exec('commit');
  } catch (error) {
    if (database.isTransaction) database.exec('rollback');
    throw error;
  }
}

const words: Words = {
  bytes: 'blob',
  seq: 'integer primary key autoincrement',
  plain: 'without rowid',
  tally: (table) => [
    `create trigger ${table}_born after insert on ${table} begin ${count(table, 'new', 1)} end`,
    `create trigger ${table}_gone after delete on ${table} begin ${count(table, 'old', -1)} end`,
    `create trigger ${table}_moved after update of state on ${table} when old.state <> new.state
      begin ${count(table, 'old', -1)} ${count(table, 'new', 1)} end`,
  ],
};

const count = (table: string, row: 'old' | 'new', by: 1 | -1): string =>
  `insert into tally (what, state, rows) values ('${table}', ${row}.state, ${by})
    on conflict (what, state) do update set rows = rows + ${by};`;
