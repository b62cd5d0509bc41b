/** One command line in this process, on the installation of the repository. */
import { join } from 'node:path';
import { run } from '../../src/cli/run.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export const runCommand = (...words: readonly string[]): Promise<Ran> =>
  runCommandWith('', ...words);

/** With what is typed in. */
export async function runCommandWith(typed: string, ...words: readonly string[]): Promise<Ran> {
  const out: Buffer[] = [];
  let err = '';
  const code = await run(words, {
    stdin: (async function* () {
      if (typed !== '') yield Buffer.from(typed, 'latin1');
    })(),
    out: async (text) => void out.push(Buffer.from(text)),
    err: (text) => {
      err += text;
    },
    isTerminal: false,
    env: {},
    root: join(import.meta.dirname, '..', '..'),
  });
  return { code, out: Buffer.concat(out).toString('latin1'), err };
}
