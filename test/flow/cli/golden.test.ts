/**
 * The command line, case by case: each folder of test/golden/cli is a run. `case.json` has the words
 * (`args`), the exit code, whether it is a terminal and what to ignore; `root/` is laid over a small installation;
 * `stdin` is what is typed in; `stdout.txt` and `stderr.txt` are what comes out, absent for nothing.
 * UPDATE_GOLDEN=1 writes what comes out.
 */
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { run } from '../../../src/cli/run.ts';
import type { Surroundings } from '../../../src/model/time.ts';

const repository = join(import.meta.dirname, '..', '..', '..');
const cases = join(repository, 'test', 'golden', 'cli');

interface Case {
  readonly args: readonly string[];
  readonly exit: number;
  readonly terminal?: boolean;
  /** What may differ, such as lines of the mapping files that come with the hub: shown as `#`. */
  readonly ignore?: string;
}

const surroundings: Surroundings = {
  clock: { now: () => '2026-03-02T09:30:00.000Z', monotonic: () => 0 },
  random: () => 0.5,
  makeId: () => '01KJQ0000000000000000000ID',
};

describe('the command line', () => {
  for (const name of readdirSync(cases).sort()) {
    it(name.replaceAll('-', ' '), async () => {
      const folder = join(cases, name);
      const told = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')) as Case;
      const root = installation(folder);
      try {
        const output = await outputOf(told, root, folder);
        expect(output.stdout + output.stderr)
          .to.not.include(root)
          .and.not.include(repository);
        compare(join(folder, 'stdout.txt'), output.stdout);
        compare(join(folder, 'stderr.txt'), output.stderr);
        expect(output.exit).to.equal(told.exit);
      } finally {
        rmSync(root, { recursive: true, force: true });
      }
    });
  }
});

/** The configuration of the repository, with the files of the case laid over it. */
function installation(folder: string): string {
  const root = mkdtempSync(join(tmpdir(), 'tradelane-cli-'));
  for (const name of ['config', 'connectors']) {
    cpSync(join(repository, name), join(root, name), { recursive: true });
  }
  const own = join(folder, 'root');
  if (existsSync(own)) cpSync(own, root, { recursive: true });
  return root;
}

async function outputOf(told: Case, root: string, folder: string) {
  const out: Uint8Array[] = [];
  let stderr = '';
  const exit = await run(told.args, {
    stdin: typed(join(folder, 'stdin')),
    out: async (text) => {
      out.push(Buffer.from(text));
    },
    err: (text) => {
      stderr += text;
    },
    isTerminal: told.terminal === true,
    env: {},
    root,
    surroundings,
  });
  const ignore = new RegExp(told.ignore ?? '(?!)', 'g');
  const stdout = Buffer.concat(out).toString('utf8').replace(ignore, '#');
  return { exit, stdout, stderr: stderr.replace(ignore, '#') };
}

async function* typed(file: string): AsyncGenerator<Uint8Array> {
  if (existsSync(file)) yield readFileSync(file);
}

function compare(file: string, text: string): void {
  if (process.env['UPDATE_GOLDEN'] === '1') {
    if (text === '') rmSync(file, { force: true });
    else writeFileSync(file, text);
  }
  expect(text).to.equal(existsSync(file) ? readFileSync(file, 'utf8') : '');
}
