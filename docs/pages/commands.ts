/** The command line: what `tradelane help <command>` says, of every command. */
import { commands } from '../../src/cli/commands.ts';
import { page, table } from './markdown.ts';

export const commandsPage = (): string =>
  page(
    'Commands',
    '`src/cli/`',
    'Run them with `npx tradelane <command>` in the folder of the installation (`config/`, ' +
      '`connectors/`, `mappings/`, `data/`). `-` stands for standard input. Exit codes: 0 good, ' +
      '1 findings of severity error, 2 could not run. With `--json` standard output holds JSON only; ' +
      'members may be added later, none is renamed or dropped.',
    table(
      ['Command', 'What it gives'],
      commands.map(({ name, summary }) => [`[${name}](#${name})`, summary]),
    ),
    ...commands.flatMap(({ name, usage }) => [
      `## ${name}`,
      `\`\`\`\ntradelane ${usage.trimEnd()}\n\`\`\``,
    ]),
  );
