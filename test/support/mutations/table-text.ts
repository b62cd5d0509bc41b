/** The table of mutations as docs/mutations.md shows it. */
import { type MutationRow, mutationTable } from './table.ts';

const places: Readonly<Record<MutationRow['level'], readonly [x12: string, edifact: string]>> = {
  segment: ['AK304', 'UCS'],
  element: ['AK403', 'UCD'],
  message: ['AK502', 'UCM'],
  group: ['AK905', 'UCF'],
  interchange: ['', 'UCI'],
  accepted: ['', 'accepted'],
};

export function tableMarkdown(): string {
  const rows = Object.entries(mutationTable as Readonly<Record<string, MutationRow>>).map(
    ([name, { says, finding, level, x12, edifact }]) => {
      const [ofX12, ofEdifact] = places[level];
      // A surplus element is told of its segment, which has too many constituents.
      const place = finding === 'element-too-many' ? 'UCS' : ofEdifact;
      const codes = [
        x12 === undefined ? '' : `${ofX12} ${x12}`,
        edifact === undefined ? '' : `${place} ${edifact}`.trim(),
      ];
      return `| ${[name, says, `\`${finding}\``, ...codes].join(' | ')} |`;
    },
  );
  return [
    '| Mutation | What is done | Finding | 997 | CONTRL |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}
