/** What a command of the command line is. A command is one file; commands.ts lists them. */
import type { ParseArgsOptionsConfig } from 'node:util';
import type { Surroundings } from '../model/time.ts';

export const EXIT_GOOD = 0;
/** Findings of severity error. */
export const EXIT_FINDINGS = 1;
/** Could not run: bad usage, no such file, no hub. */
export const EXIT_FAILED = 2;

/** The terminal and files of a run, so that tests and the real process share everything else. */
export interface Terminal {
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Resolves when there is room for more. */
  out(text: string | Uint8Array): Promise<void>;
  err(text: string): void;
  readonly isTerminal: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The installation's folder: config/, connectors/, mappings/, data/. */
  readonly root: string;
  /** Time and ids; the real ones when not given. */
  readonly surroundings?: Surroundings;
}

export interface Invocation {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
  readonly terminal: Terminal;
}

export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** The help page, after the line `tradelane <name>`. */
  readonly usage: string;
  readonly options: ParseArgsOptionsConfig;
  /** More words than this are refused; any number when not given. */
  readonly positionalsMax?: number;
  run(invocation: Invocation): Promise<number>;
}

/** Wrong words on the command line: told with the command's usage, exit code 2. */
export class UsageError extends Error {}

/** A positional that must be there. */
export function required(invocation: Invocation, index: number, what: string): string {
  const value = invocation.positionals[index];
  if (value === undefined) throw new UsageError(`${what} is missing.`);
  return value;
}

export function text(invocation: Invocation, option: string): string | undefined {
  const value = invocation.values[option];
  return typeof value === 'string' ? value : undefined;
}

/** A whole number of an option. Throws UsageError. */
export function wholeNumber(
  invocation: Invocation,
  option: string,
  usual: number,
  most: number,
): number {
  const said = text(invocation, option);
  if (said === undefined) return usual;
  if (/^\d{1,10}$/.test(said) && Number(said) <= most) return Number(said);
  throw new UsageError(`--${option} ${said} is no whole number up to ${most}.`);
}
