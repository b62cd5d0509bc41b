/** Samples that keep to a standard and to a partner's rules, those with conditions too. */
import { HubError } from '../../model/errors.ts';
import { type Finding, isError } from '../../model/finding.ts';
import type { Message, SegmentData } from '../../model/message.ts';
import { checkMessage } from '../check.ts';
import type { MessageDefinition } from '../definition.ts';
import { checkRules } from '../rules/check.ts';
import type { PartnerRule } from '../rules/rule.ts';
import { draftOf, flatten, segmentsOf } from './draft.ts';
import { keepRules } from './keep-rules.ts';
import { defaultRichness, type SampleOptions, sampleMessage } from './message.ts';
import { narrowMessage } from './narrow.ts';
import { type SampledSegment, tie } from './ties.ts';

/** What one sample cannot settle the next may not have. */
const attemptsMax = 24;

/** Throws HubError `config-invalid` with what the last one broke, where no sample keeps all. */
export function sampleRuled(
  definition: MessageDefinition,
  rules: readonly PartnerRule[],
  options: SampleOptions,
): readonly SampledSegment[] {
  const { random, richness = defaultRichness, repeats = false } = options;
  const binding = rules.filter(({ severity }) => severity === 'error');
  const narrowed = narrowMessage(definition, binding);
  let broken: Finding | undefined;
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const chance = richness * (1 - attempt / attemptsMax);
    const sampled = sampleMessage(narrowed, { ...options, richness: chance });
    const draft = draftOf(narrowed.root, sampled);
    keepRules(draft, binding, { random, richness: chance, repeats });
    const segments = tie(flatten(draft), random);
    broken = faultOf(segments, definition, binding);
    if (broken === undefined) return segments;
  }
  const why = broken === undefined ? '' : `: ${broken.text}`;
  throw new HubError('config-invalid', `No sample of ${definition.key} keeps all rules${why}`);
}

function faultOf(
  segments: readonly SegmentData[],
  definition: MessageDefinition,
  rules: readonly PartnerRule[],
): Finding | undefined {
  const message = messageOf(segments, definition);
  const { root, findings } = checkMessage(message, definition);
  return [...findings, ...checkRules(rules, message, root)].find(isError);
}

/** As a codec would hand it over, but for its bytes. */
function messageOf(body: readonly SegmentData[], { type }: MessageDefinition): Message {
  const isX12 = type.standard === 'x12';
  const { name, version } = type;
  const identifier = [name, version.slice(0, 1), version.slice(1), 'UN'];
  const header: SegmentData = isX12
    ? { tag: 'ST', elements: [name, '0001'] }
    : { tag: 'UNH', elements: ['0001', identifier] };
  const count = `${body.length + 2}`;
  const trailer = { tag: isX12 ? 'SE' : 'UNT', elements: [count, '0001'] };
  const all = [header, ...body, trailer];
  const segments = segmentsOf({ count: () => all.length, at: (segment) => all[segment] });
  return {
    type,
    control: '0001',
    index: 0,
    start: 0,
    end: 0,
    content: { form: 'segments', segments },
  };
}
