/** The table of mutations as docs/mutations.md shows it. */
import { type MutationRow, mutationTable } from './table.ts';

const places: Readonly<Record<MutationRow['level'], readonly [x12: string, edifact: string]>> = {
  segment: ['AK304', 'UCS'],
  element: ['AK403', 'UCD'],
  message: ['AK502', 'UCM'],
  group: ['AK905', 'UCF'],
  interchange: ['TA1 R', 'UCI'],
  accepted: ['', 'accepted'],
};

export function tableMarkdown(): string {
  const rows = Object.entries(mutationTable as Readonly<Record<string, MutationRow>>).map(
    ([name, { says, finding, level, x12, x12Later, edifact }]) => {
      const [ofX12, ofEdifact] = places[level];
      // A surplus element is told of its segment, which has too many constituents.
      const place = finding === 'element-too-many' ? 'UCS' : ofEdifact;
      const codes = [
        x12 === undefined ? '' : `${ofX12} ${x12}${later(x12Later)}`,
        edifact === undefined ? '' : `${place} ${edifact}`.trim(),
      ];
      return `| ${[name, says, `\`${finding}\``, ...codes].join(' | ')} |`;
    },
  );
  return [
    '| Mutation | What is done | Finding | 997, 999, TA1 | CONTRL |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

const later = (code: string | undefined): string =>
  code === undefined ? '' : `, from 004020 on ${code}`;
