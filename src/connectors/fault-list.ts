/** Collects the faults of one file, so that all of them are told at once. */
import type { Static, TSchema } from 'typebox';
import { checkSchema, shownPath } from './check-schema.ts';
import type { ConfigFault } from './fault.ts';
import { ConfigFaults, type Located, nodeAt, whereIs } from './located.ts';

export interface FaultList {
  add(path: readonly string[], text: string, fix: string): void;
  /** Faults of a block that a schema found. */
  addAll(faults: readonly ConfigFault[]): void;
  /** A block checked by its own schema; undefined when it had faults. */
  check<S extends TSchema>(schema: S, path: readonly string[]): Static<S> | undefined;
  /** Throws ConfigFaults when there are any. */
  throwIfAny(): void;
  throwAll(): never;
}

export function faultList(located: Located): FaultList {
  const faults: ConfigFault[] = [];
  const list: FaultList = {
    add: (path, text, fix) => {
      const { file, line } = whereIs(located, path);
      faults.push({ file, line, text, fix });
    },
    addAll: (more) => void faults.push(...more),
    check: (schema, path) =>
      collecting(list, () => checkSchema(schema, nodeAt(located, path), shownPath(path))),
    throwIfAny: () => {
      if (faults.length > 0) throw new ConfigFaults(faults);
    },
    throwAll: () => {
      throw new ConfigFaults(faults);
    },
  };
  return list;
}

/** Runs a step whose faults are collected; undefined when it had any. */
export function collecting<T>(list: FaultList, step: () => T): T | undefined {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof ConfigFaults)) throw error;
    list.addAll(error.faults);
    return undefined;
  }
}
