/** Finds the command, parses its options, and turns faults into words and an exit code. */
import { parseArgs } from 'node:util';
import { nearestWord } from '../connectors/nearest-word.ts';
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
    return helpOn(rest[0], terminal);
  }
  const command = find(name);
  if (command === undefined) {
    terminal.err(unknownCommand(name));
    return EXIT_FAILED;
  }
  return runCommand(command, rest, terminal);
}

async function helpOn(name: string | undefined, terminal: Terminal): Promise<number> {
  const command = name === undefined ? undefined : find(name);
  if (name !== undefined && command === undefined) {
    terminal.err(unknownCommand(name));
    return EXIT_FAILED;
  }
  await terminal.out(command === undefined ? overview() : help(command));
  return EXIT_GOOD;
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
    const extra = positionals[command.positionalsMax ?? positionals.length];
    if (extra !== undefined) throw new UsageError(`"${extra}" is one word too many.`);
    return await command.run({
      values: values as Record<string, string | boolean | undefined>,
      positionals,
      terminal,
    });
  } catch (error) {
    const text = told(command, error);
    terminal.err(words.includes('--json') ? `${JSON.stringify({ error: text })}\n` : `${text}\n`);
    return EXIT_FAILED;
  }
}

function told(command: Command, error: unknown): string {
  const wrongUsage = usageFault(command, error);
  if (wrongUsage !== undefined) {
    return `${wrongUsage}\n\nUsage: ${firstLine(command)}\n"tradelane help ${command.name}" says more.`;
  }
  if (isHubError(error)) return error.message;
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return `There is no file ${path}.`;
  if (code === 'EROFS') return `${path} is on a disk that is read-only.`;
  if (code === 'EACCES') return `${path} may not be read.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** What is wrong with the words themselves; undefined for other faults. */
function usageFault(command: Command, error: unknown): string | undefined {
  if (error instanceof UsageError) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const name = /'(-[^'\s]*)/.exec(message)?.[1] ?? '';
    const known = Object.keys(command.options).map((option) => `--${option}`);
    const meant = nearestWord(name, known);
    const hint =
      meant !== undefined
        ? `did you mean ${meant}?`
        : `${command.name} has ${known.join(', ') || 'none'}.`;
    return `There is no option ${name}; ${hint}`;
  }
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
    const name = /'(?:-\w, )?(--[\w-]+)/.exec(message)?.[1] ?? 'An option';
    return `${name} ${message.includes('does not take') ? 'takes no' : 'needs a'} value.`;
  }
  return String(code).startsWith('ERR_PARSE_ARGS') ? message : undefined;
}

const find = (name: string): Command | undefined =>
  commands.find((command) => command.name === name);

const firstLine = (command: Command): string => help(command).slice(0, help(command).indexOf('\n'));

const help = (command: Command): string => `tradelane ${command.usage.trimEnd()}\n`;

function unknownCommand(name: string): string {
  const meant = nearestWord(
    name,
    commands.map((command) => command.name),
  );
  const hint = meant === undefined ? '' : ` Did you mean "${meant}"?`;
  return `There is no command "${name}".${hint}\n"tradelane help" lists them all.\n`;
}

function overview(): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    'tradelane: one conduit between an ERP and everyone it trades with.',
    '',
    ...lines,
    '',
    '"tradelane help <command>" says more. FILE may be - for standard input.',
    'Exit codes: 0 good, 1 findings of severity error, 2 could not run.',
    '',
  ].join('\n');
}
