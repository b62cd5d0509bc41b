/** Mutations of trailers: counts and control numbers, edited in the written segments. */

import type { Mutant, Mutate, Sample } from './sample.ts';
import type { MutationName } from './table.ts';

export const envelopeMutations: Partial<Record<MutationName, Mutate>> = {
  'wrong-segment-count': trailer('message', (tag, count, control) => [tag, more(count), control]),
  'wrong-message-control': trailer('message', (tag, count) => [tag, count, '9999']),
  'drop-message-trailer': trailer('message', () => undefined),
  'wrong-message-count': trailer('group', (tag, count, control) => [tag, more(count), control]),
  'wrong-group-control': trailer('group', (tag, count) => [tag, count, '9999']),
  'drop-group-trailer': trailer('group', () => undefined),
  'wrong-interchange-count': trailer('interchange', (tag, count, control) => [
    ...[tag, more(count), control],
  ]),
  'wrong-interchange-control': trailer('interchange', (tag, count) => [tag, count, '9999']),
  'drop-interchange-trailer': trailer('interchange', () => undefined),
  'unknown-authorization': header(1, 'QQ'),
  'unknown-security': header(3, 'QQ'),
  'unknown-sender-qualifier': header(5, 'QQ'),
  'blank-sender': header(6, ' '.repeat(15)),
  'unknown-receiver-qualifier': header(7, 'QQ'),
  'blank-receiver': header(8, ' '.repeat(15)),
  'bad-interchange-date': header(9, '260231'),
  'bad-interchange-time': header(10, '2560'),
  'unknown-interchange-version': header(12, '00999'),
  'bad-interchange-number': header(13, 'ABCDEFGHI'),
  'bad-acknowledgement-request': header(14, '7'),
  'bad-usage': header(15, 'X'),
};

const more = (count: string): string => String(Number(count) + 1);

const tags = {
  x12: { message: 'SE', group: 'GE', interchange: 'IEA' },
  edifact: { message: 'UNT', group: 'UNE', interchange: 'UNZ' },
} as const;

function trailer(
  level: 'message' | 'group' | 'interchange',
  change: (tag: string, count: string, control: string) => readonly string[] | undefined,
): Mutate {
  return ({ definition, segments }: Sample): Mutant => {
    const isX12 = definition.type.standard === 'x12';
    const tag = tags[isX12 ? 'x12' : 'edifact'][level];
    const separator = isX12 ? '*' : '+';
    return {
      segments,
      spot: { segment: segments.length + 2, tag },
      edit: (texts) =>
        texts.flatMap((text) => {
          const [name, count = '', control = ''] = text.split(separator);
          if (name !== tag) return [text];
          const changed = change(tag, count, control);
          return changed === undefined ? [] : [changed.join(separator)];
        }),
    };
  };
}

/** ISA is of fixed width; IEA02 goes with ISA13. */
function header(element: number, value: string): Mutate {
  return ({ segments }: Sample): Mutant => ({
    segments,
    spot: { segment: 1, tag: 'ISA', element },
    edit: (texts) =>
      texts.map((text) => {
        const parts = text.split('*');
        if (parts[0] === 'ISA') parts[element] = value;
        if (parts[0] === 'IEA' && element === 13) parts[2] = value;
        return parts.join('*');
      }),
  });
}
