/** Processes of a bench: started, ready when they print one line of JSON, stopped. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';

export interface Running<T> {
  readonly ready: T;
  readonly pid: number;
  /** Ends it as INT would, and waits. */
  stop(): Promise<void>;
}

export interface Start {
  readonly words: readonly string[];
  readonly cwd?: string;
  /** Where its standard error goes; the bench's own when not given. */
  readonly log?: string;
}

/** Starts node with the words given. Throws when it ends before its line. */
export async function start<T>({ words, cwd, log }: Start): Promise<Running<T>> {
  const errors = log === undefined ? 'inherit' : openSync(log, 'a');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...words], {
    stdio: ['ignore', 'pipe', errors],
    ...(cwd === undefined ? {} : { cwd }),
  });
  if (typeof errors === 'number') closeSync(errors);
  const ready = JSON.parse(await firstLine(child, words)) as T;
  return {
    ready,
    pid: child.pid as number,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

function firstLine(child: ChildProcess, words: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.once('exit', (code) => reject(new Error(`${words.join(' ')}: exit ${code}`)));
    child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      const end = text.indexOf('\n');
      if (end >= 0) resolve(text.slice(0, end));
    });
  });
}

/** Peak resident memory of a process, in MB of 10^6 bytes (Linux). */
export function peakMegabytes(pid: number): number {
  const told = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return (Number(told?.[1]) * 1024) / 1e6;
}

/** Processor seconds that a process has used so far (Linux). */
export function processorSeconds(pid: number): number {
  const after = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(after[11]) + Number(after[12])) / 100;
}
