/** One connection to a SQLite file: runs units to their end, with their statements prepared once. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import {
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Tables } from '../schema.ts';
import type { Answer, Query, Statement, Unit } from '../unit.ts';

/** Statements of changing shape (lists with filters) that stay prepared. */
const SHAPES_MAX = 64;

interface Prepared {
  readonly prepared: StatementSync;
  readonly answersRows: boolean;
}
interface PreparedOnce extends Prepared {
  /** The names of its parameters. */
  readonly slots: readonly string[];
}

/**
 * Writes what is constant in a statement into its text. SQLite plans a statement anew, each time it
 * runs, when a value that is bound to it may change the plan: `limit ?` is such a one.
 */
class ConstantsInText extends SqliteQueryCompiler {
  protected override appendValue(value: unknown): void {
    if (value instanceof Placeholder) super.appendValue(value);
    else this.appendImmediateValue(value);
  }
}

/** Kysely only compiles here: what it makes is run by node:sqlite, in the same turn. */
const compilerWith = (makeCompiler: () => SqliteQueryCompiler): Kysely<Tables> =>
  new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: makeCompiler,
    },
  });
const compiler = compilerWith(() => new SqliteQueryCompiler());
const statementCompiler = compilerWith(() => new ConstantsInText());

export class Connection {
  readonly database: DatabaseSync;
  readonly #statements = new Map<Statement<never, unknown>, PreparedOnce>();
  readonly #shapes = new Map<string, Prepared>();

  constructor(file: string) {
    this.database = new DatabaseSync(file, { timeout: 5000, enableForeignKeyConstraints: true });
    this.database.exec(
      `pragma journal_mode = wal; pragma synchronous = full; pragma temp_store = memory;
       pragma cache_size = -8000; pragma wal_autocheckpoint = 4000`,
    );
  }

  /** Runs a unit to its end. Does not begin or commit anything. */
  run<T>(unit: Unit<T>): T {
    let step = unit.next();
    while (!step.done) {
      let answer: Answer;
      try {
        answer = this.#answer(step.value);
      } catch (error) {
        step = unit.throw(error);
        continue;
      }
      step = unit.next(answer);
    }
    return step.value;
  }

  close(): void {
    this.#statements.clear();
    this.#shapes.clear();
    this.database.close();
  }

  #answer(query: Query): Answer {
    if ('build' in query) {
      const { sql, parameters } = query.build(compiler).compile();
      return execute(this.#shape(sql), parameters.map(bindable));
    }
    const prepared = this.#prepare(query.statement);
    const given = query.parameters as Readonly<Record<string, unknown>>;
    return execute(
      prepared,
      prepared.slots.map((name) => bindable(given[name])),
    );
  }

  #prepare(statement: Statement<never, unknown>): PreparedOnce {
    const known = this.#statements.get(statement);
    if (known !== undefined) return known;
    const { sql, parameters } = statement.build(statementCompiler, placeholders as never).compile();
    const slots = parameters.map((value) => (value as Placeholder).name);
    const made = { ...prepare(this.database, sql), slots };
    this.#statements.set(statement, made);
    return made;
  }

  #shape(sql: string): Prepared {
    const made = this.#shapes.get(sql) ?? prepare(this.database, sql);
    this.#shapes.delete(sql);
    this.#shapes.set(sql, made);
    const oldest = this.#shapes.keys().next();
    if (this.#shapes.size > SHAPES_MAX && !oldest.done) this.#shapes.delete(oldest.value);
    return made;
  }
}

class Placeholder {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** Stands for the parameters while a statement is compiled: each property is its own name. */
const placeholders: object = new Proxy({}, { get: (_, name) => new Placeholder(String(name)) });

function prepare(database: DatabaseSync, sql: string): Prepared {
  const prepared = database.prepare(sql);
  return { prepared, answersRows: prepared.columns().length > 0 };
}

function execute({ prepared, answersRows }: Prepared, values: SQLInputValue[]): Answer {
  if (answersRows) return { rows: prepared.all(...values), changes: 0 };
  return { rows: [], changes: Number(prepared.run(...values).changes) };
}

/** node:sqlite binds a Date or an object as NULL without a word: nothing but these may pass. */
function bindable(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`A column cannot be bound to ${value === undefined ? value : typeof value}.`);
}
