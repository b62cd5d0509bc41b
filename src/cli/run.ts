/** Finds the command, parses its options, and turns faults into words and an exit code. */
import { parseArgs } from 'node:util';
import { isHubError } from '../model/errors.ts';
import { type Command, EXIT_FAILED, EXIT_GOOD, type Terminal, UsageError } from './command.ts';
import { commands } from './commands.ts';

const common = {
  help: { type: 'boolean', short: 'h' },
} as const;

/** Runs one command line (without `node` and the program) and returns its exit code. */
export async function run(words: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = words;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const asked = rest[0] === undefined ? undefined : find(rest[0]);
    await terminal.out(asked === undefined ? overview() : help(asked));
    return EXIT_GOOD;
  }
  const command = find(name);
  if (command === undefined) {
    terminal.err(`There is no command "${name}".\n\n${overview()}`);
    return EXIT_FAILED;
  }
  return runCommand(command, rest, terminal);
}

async function runCommand(
  command: Command,
  words: readonly string[],
  terminal: Terminal,
): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: { ...common, ...command.options },
      allowPositionals: true,
    });
    if (values['help'] === true) {
      await terminal.out(help(command));
      return EXIT_GOOD;
    }
    return await command.run({
      values: values as Record<string, string | boolean | undefined>,
      positionals,
      terminal,
    });
  } catch (error) {
    terminal.err(told(command, error));
    return EXIT_FAILED;
  }
}

function told(command: Command, error: unknown): string {
  if (error instanceof UsageError || isUsage(error)) {
    return `${(error as Error).message}\n\n${help(command)}`;
  }
  if (isHubError(error)) return `${error.message}\n`;
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return `There is no file ${path}.\n`;
  if (code === 'EISDIR') return 'That is a folder; name a file in it.\n';
  if (code === 'EACCES') return `${path} may not be read.\n`;
  return `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`;
}

const isUsage = (error: unknown): boolean =>
  String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');

const find = (name: string): Command | undefined =>
  commands.find((command) => command.name === name);

const help = (command: Command): string => `tradelane ${command.usage}\n`;

function overview(): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    'tradelane: one conduit between an ERP and everyone it trades with.',
    '',
    ...lines,
    '',
    'tradelane help <command> says more. Exit codes: 0 good, 1 findings of severity error, 2 could not run.',
    '',
  ].join('\n');
}
