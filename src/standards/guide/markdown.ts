/** A guide as Markdown: readable as it is, and in any viewer. */
import {
  elementTable,
  factTable,
  type GuideTable,
  type MessageGuide,
  type PartnerGuide,
  pathTable,
  ruleTable,
  segmentTable,
  useWords,
} from './partner-guide.ts';

export function guideMarkdown(guide: PartnerGuide): string {
  const parts = [
    `# Implementation guide: ${text(guide.partner)} and ${text(guide.us)}`,
    table(factTable(guide.facts)),
    guide.messages
      .map((it) => `- [${text(it.title)}](#${anchor(it)}): ${text(it.direction)}`)
      .join('\n'),
    `Use: ${Object.entries(useWords)
      .map(([use, words]) => `${use} ${words}`)
      .join(', ')}. What a guide does not list is not read.`,
    ...guide.messages.flatMap(messageParts),
  ];
  return `${parts.join('\n\n')}\n`;
}

const heading = ({ title, direction }: MessageGuide): string => `${title}: ${direction}`;

/** As viewers make them: lower case, blanks to dashes, other signs left out. */
const anchor = (message: MessageGuide): string =>
  heading(message)
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-');

function messageParts(message: MessageGuide): readonly string[] {
  const { segments, rules, paths, facts, example } = message;
  return [
    `## ${text(heading(message))}`,
    table(factTable(facts)),
    ...(segments.length === 0 ? [] : [table(segmentTable(segments))]),
    ...(rules.length === 0 ? [] : ['### Rules', table(ruleTable(rules))]),
    ...segments
      .filter(({ elements }) => elements.length > 0)
      .flatMap((it) => [
        `### ${it.position} ${it.tag} ${text(it.name)}`.trimEnd(),
        table(elementTable(it)),
      ]),
    ...(paths.length === 0 ? [] : [table(pathTable(paths))]),
    ...(example === '' ? [] : ['### Example', `\`\`\`\n${example}\n\`\`\``]),
  ];
}

function table({ heads, rows }: GuideTable): string {
  const lines = [heads, heads.map(() => '---'), ...rows.map((row) => row.map(text))];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** What Markdown would take for its own; a table's cell is one line. */
const text = (value: string): string =>
  value.replace(/[\\`*_<>|[\]]/g, (sign) => `\\${sign}`).replace(/\s+/g, ' ');
