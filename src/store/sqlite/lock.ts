/** One hub a file: a lock that the operating system takes back when the process dies. */
import { DatabaseSync } from 'node:sqlite';
import { HubError } from '../../model/errors.ts';

/** Holds `<file>.lock` until it is closed. Throws HubError `store-busy` when another hub holds it. */
export function lockFile(file: string): { close(): void } {
  const lock = new DatabaseSync(`${file}.lock`, { timeout: 0 });
  try {
    lock.exec('pragma locking_mode = exclusive; begin exclusive');
  } catch (cause) {
    lock.close();
    throw new HubError(
      'store-busy',
      `Another hub holds ${file}: stop it first, or give this one a store of its own.`,
      { details: { file }, cause },
    );
  }
  return lock;
}
