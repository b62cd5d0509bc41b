/**
 * Runs each contest of a bench in a process of its own, so that none is slowed by what the compiler
 * learned from another. A contest that is named runs here.
 */
import { spawnSync } from 'node:child_process';

export async function runApart(
  file: string,
  contests: Readonly<Record<string, () => Promise<void>>>,
  { runs, named }: { readonly runs: number; readonly named: string | undefined },
): Promise<void> {
  if (named !== undefined) {
    await contests[named]?.();
    return;
  }
  for (const name of Object.keys(contests)) {
    spawnSync(process.execPath, [file, String(runs), name], { stdio: 'inherit' });
  }
}
