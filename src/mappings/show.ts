/** The merged file of a mapping and its overlays, line by line, each with where it was said. */
import type { Origin } from './fault.ts';
import type { ResolvedFile } from './load.ts';
import type { RuleTree } from './rule.ts';
import type { Source } from './source.ts';

export interface ResolvedLine {
  /** YAML text, indented. */
  readonly text: string;
  /** Place path of the rule; empty for the header. */
  readonly address: string;
  readonly origin: Origin;
}

export function showResolved(file: ResolvedFile): readonly ResolvedLine[] {
  const { standard, version, name } = file.message;
  const lines: ResolvedLine[] = [
    { text: `message: ${standard}/${version}/${name}`, address: '', origin: file.messageOrigin },
    {
      text: `document: ${valueText(file.document.value)}`,
      address: '',
      origin: file.document.origin,
    },
  ];
  const say = (text: string, address: string, origin: Origin): unknown =>
    lines.push({ text, address, origin });
  if (file.given.length > 0) say('given:', '', file.given[0]!.origin);
  for (const { key, value, origin } of file.given) say(`  ${key}: ${valueText(value)}`, '', origin);
  say('body:', '', file.body.origin);
  for (const child of file.body.children) showRule(child, '  ', lines);
  showRules(file.rules, lines);
  return lines;
}

function showRules(rules: readonly Source[], lines: ResolvedLine[]): void {
  const [first] = rules;
  if (first === undefined) return;
  lines.push({ text: 'rules:', address: '', origin: first.origin });
  for (const rule of rules) {
    lines.push({ text: `  - ${valueText(rule)}`, address: '', origin: rule.origin });
  }
}

function showRule(rule: RuleTree, indent: string, lines: ResolvedLine[]): void {
  const { address, origin, children } = rule;
  const key = quotedKey(rule.step!.text);
  const words = [...rule.said].map(([word, entry]) => ({
    word,
    text: valueText(entry.value),
    entry,
  }));
  const [first] = words;
  if (children.length === 0 && words.length === 1 && first !== undefined) {
    const short = shortText(first.word, first.text);
    lines.push({ text: `${indent}${key}: ${short}`, address, origin });
    return;
  }
  lines.push({ text: `${indent}${key}:`, address, origin });
  for (const { word, text, entry } of words) {
    const said = word === 'constant' ? `to: '=${text}'` : `${word}: ${text}`;
    lines.push({ text: `${indent}  ${said}`, address, origin: entry.origin });
  }
  for (const child of children) showRule(child, `${indent}  `, lines);
}

function shortText(word: string, text: string): string {
  if (word === 'to') return text;
  if (word === 'constant') return `=${text}`;
  return word === 'ignore' ? word : `{ ${word}: ${text} }`;
}

const quotedKey = (key: string): string => (/^[@.]|: /.test(key) ? `'${key}'` : key);

function valueText(value: Source): string {
  if (value.is === 'text')
    return /[:#{}[\],&*!|>'"%@`]|^\s|\s$/.test(value.text) ? quotedText(value.text) : value.text;
  if (value.is === 'list') return `[ ${value.items.map(valueText).join(', ')} ]`;
  return `{ ${value.entries.map((each) => `${each.key}: ${valueText(each.value)}`).join(', ')} }`;
}

/** Targets like `lines*` and raw codes with | stay as people write them. */
const quotedText = (text: string): string =>
  /^[\w.$(][\w.$()=*|+ /-]*$/.test(text) ? text : `'${text.replaceAll("'", "''")}'`;
