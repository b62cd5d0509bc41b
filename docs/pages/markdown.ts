/** The little Markdown the reference pages are made of. */

/** A page with its title; what it is made from is said, so that nobody edits it by hand. */
export const page = (title: string, source: string, ...blocks: readonly string[]): string =>
  `${[
    `# ${title}`,
    `<!-- Made from ${source} by \`npm run docs\`; a test compares. Do not edit. -->`,
    ...blocks,
  ].join('\n\n')}\n`;

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A value in code style; nothing for nothing. */
export const code = (value: unknown): string => {
  if (value === undefined || value === '') return '';
  const text = typeof value === 'string' ? value : flow(value);
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
};

/** As GitHub names a heading. */
export const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

/** A value as people write it in YAML's flow style. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(([key, entry]) => `${key}: ${flow(entry)}`);
  return `{ ${entries.join(', ')} }`;
}
