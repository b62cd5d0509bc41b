/** Samples in an envelope of their own, as a codec writes them. */
import type { GroupData, InterchangeData, MessageData, Syntax } from '../../model/envelope.ts';
import type { Random } from '../../model/random.ts';
import type { MessageDefinition } from '../definition.ts';
import type { PartnerRule } from '../rules/rule.ts';
import { sampleMessage } from './message.ts';
import { sampleRuled } from './ruled.ts';
import type { SampledSegment } from './ties.ts';

export interface InterchangeOptions {
  readonly random: Random;
  readonly count?: number;
  readonly richness?: number;
  readonly segmentsMax?: number;
  /** What a partner asks beyond the standard. */
  readonly rules?: readonly PartnerRule[];
  /** Written after each segment: `\n` for people. */
  readonly lineBreak?: string;
}

/** ISA to IEA, or UNB to UNZ in syntax 3, with `count` different messages, marked as a test. */
export function sampleInterchange(
  definition: MessageDefinition,
  options: InterchangeOptions,
): InterchangeData {
  const syntax = syntaxOf(definition, options.lineBreak);
  const repeats = syntax.repetition !== undefined;
  const { rules = [] } = options;
  const messages = Array.from({ length: options.count ?? 1 }, () =>
    rules.length === 0
      ? sampleMessage(definition, { ...options, repeats })
      : sampleRuled(definition, rules, { ...options, repeats }),
  );
  return envelope(definition, messages, syntax);
}

/** The envelope around segments that are there already. */
export function envelope(
  definition: MessageDefinition,
  messages: readonly (readonly SampledSegment[])[],
  syntax: Syntax = syntaxOf(definition),
): InterchangeData {
  const isX12 = definition.type.standard === 'x12';
  return {
    standard: definition.type.standard,
    control: '1',
    sender: { qualifier: isX12 ? 'ZZ' : '14', id: isX12 ? 'SENDER' : '4000000000006' },
    receiver: { qualifier: isX12 ? 'ZZ' : '14', id: isX12 ? 'RECEIVER' : '4999999000000' },
    preparedAt: '2026-01-15T10:30:00',
    offset: '+00:00',
    isTest: true,
    wantsAcknowledgement: false,
    syntax,
    groups: [group(definition, messages)],
  };
}

function group(
  { type, functionalId }: MessageDefinition,
  messages: readonly (readonly SampledSegment[])[],
): GroupData {
  const data = messages.map(
    (segments, index): MessageData => ({
      type,
      control: type.standard === 'x12' ? `${index + 1}`.padStart(4, '0') : `${index + 1}`,
      content: { form: 'segments', segments },
    }),
  );
  const { version } = type;
  return {
    ...{ functionalId, version, control: '1', messages: data },
    ...{ sender: 'SENDER', receiver: 'RECEIVER' },
  };
}

/** Repetition came with 00402; before it ISA11 is `U`. */
function syntaxOf({ type }: MessageDefinition, lineBreak = ''): Syntax {
  if (type.standard !== 'x12') return { ...edifactSyntax, lineBreak };
  const version = type.version.slice(0, 5);
  const repetition = version >= '00402' ? { repetition: '^' } : {};
  return { ...x12Syntax, ...repetition, version, lineBreak };
}

const x12Syntax = {
  charset: 'latin1',
  element: '*',
  component: '>',
  terminator: '~',
  decimalMark: '.',
} as const;

/** Syntax 3. */
export const edifactSyntax: Syntax = {
  version: '3',
  charset: 'UNOC',
  element: '+',
  component: ':',
  terminator: "'",
  release: '?',
  decimalMark: '.',
};
