/** A guide as one HTML page that needs nothing else: to be sent, or printed. */
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

export function guideHtml(guide: PartnerGuide): string {
  const title = `Implementation guide: ${guide.partner} and ${guide.us}`;
  const uses = Object.entries(useWords).map(([use, words]) => `<b>${use}</b> ${text(words)}`);
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${text(title)}</title><style>${style}</style></head><body>`,
    `<h1>${text(title)}</h1>`,
    factList(guide.facts),
    `<ul>${guide.messages.map(link).join('')}</ul>`,
    `<p>Use: ${uses.join(', ')}. What a guide does not list is not read.</p>`,
    ...guide.messages.map(messagePart),
    '</body></html>',
    '',
  ].join('\n');
}

const link = ({ title, direction }: MessageGuide, index: number): string =>
  `<li><a href="#m${index + 1}">${text(title)}</a>: ${text(direction)}</li>`;

function messagePart(message: MessageGuide, index: number): string {
  const { title, direction, segments, rules, paths, facts, example } = message;
  const details = segments
    .filter(({ elements }) => elements.length > 0)
    .map(
      (it) => `<h3>${it.position} ${text(it.tag)} ${text(it.name)}</h3>${table(elementTable(it))}`,
    );
  return [
    `<h2 id="m${index + 1}">${text(title)}: ${text(direction)}</h2>`,
    factList(facts),
    segments.length === 0 ? '' : table(segmentTable(segments)),
    rules.length === 0 ? '' : `<h3>Rules</h3>${table(ruleTable(rules))}`,
    ...details,
    paths.length === 0 ? '' : table(pathTable(paths)),
    example === '' ? '' : `<h3>Example</h3><pre>${text(example)}</pre>`,
  ].join('\n');
}

const factList = (facts: PartnerGuide['facts']): string =>
  `<dl>${factTable(facts)
    .rows.map(([what = '', value = '']) => `<dt>${text(what)}</dt><dd>${text(value)}</dd>`)
    .join('')}</dl>`;

function table({ heads, rows }: GuideTable): string {
  const cells = (row: readonly string[], tag: string): string =>
    `<tr>${row.map((cell) => `<${tag}>${text(cell)}</${tag}>`).join('')}</tr>`;
  const body = rows.map((row) => cells(row, 'td')).join('');
  return `<table><thead>${cells(heads, 'th')}</thead><tbody>${body}</tbody></table>`;
}

const signs: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const text = (value: string): string => value.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);

const style = [
  'body{font:15px/1.45 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}',
  'table{border-collapse:collapse;width:100%;margin:.6rem 0 1.4rem}',
  'th,td{border:1px solid #c9ced6;padding:.25rem .5rem;text-align:left;vertical-align:top}',
  'th{background:#eef1f5}tr{break-inside:avoid}h2{margin-top:3rem;border-top:2px solid #889}',
  'dl{display:grid;grid-template-columns:max-content auto;gap:.1rem 1rem}dt{color:#556}dd{margin:0}',
  'pre{background:#f5f6f8;padding:.8rem;overflow:auto}',
].join('');
