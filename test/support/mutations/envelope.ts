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
