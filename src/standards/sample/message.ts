/** A valid message made from its standard, for trying, testing and showing. */
import { HubError } from '../../model/errors.ts';
import type { Random } from '../../model/random.ts';
import type { MessageDefinition, Slot } from '../definition.ts';
import { sampleSegment } from './segment.ts';
import { chooseSegments } from './structure.ts';
import { type SampledSegment, tie } from './ties.ts';

export interface SampleOptions {
  readonly random: Random;
  /** From 0, only what is mandatory, to 1, everything once or more. */
  readonly richness?: number;
  readonly segmentsMax?: number;
  /** Whether the syntax has a repetition separator: X12 from 00402, EDIFACT from syntax 4. */
  readonly repeats?: boolean;
}

export const defaultRichness = 0.25;

/**
 * The segments between header and trailer, each with its place in the diagram. Throws HubError
 * `config-invalid` where the standard as installed allows no message at all.
 */
export function sampleMessage(
  definition: MessageDefinition,
  options: SampleOptions,
): readonly SampledSegment[] {
  const { random, richness = defaultRichness, segmentsMax = 150, repeats = false } = options;
  const slots = structure(definition, random, richness, segmentsMax);
  const filled = slots.map((slot) => ({
    ...sampleSegment(slot.segment, { random, richness, repeats }),
    slot,
  }));
  return tie(filled, random);
}

const attemptsMax = 8;

/** What is optional may stand in the way of what is mandatory: then there is less of it. */
function structure(
  definition: MessageDefinition,
  random: Random,
  richness: number,
  segmentsMax: number,
): readonly Slot[] {
  for (let attempt = 0; attempt <= attemptsMax; attempt += 1) {
    const chance = richness * (1 - attempt / attemptsMax);
    const slots = chooseSegments(definition, { random, richness: chance, segmentsMax });
    if (slots !== undefined) return slots;
  }
  throw new HubError(
    'config-invalid',
    `No message of ${definition.key} can be made: its mandatory segments are ambiguous.`,
  );
}
