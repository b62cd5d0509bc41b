/** One numbered case: a sample, a mutation of it, and whether what it gives is right. */

import type { Random } from '../../../src/model/random.ts';
import type { MessageDefinition } from '../../../src/standards/definition.ts';
import { sampleMessage } from '../../../src/standards/sample/message.ts';
import { allMessages, draw } from '../samples.ts';
import { elementMutations } from './elements.ts';
import { envelopeMutations } from './envelope.ts';
import { faultsOfCase } from './expect.ts';
import { isBeginning, isReadable } from './language.ts';
import { type EnvelopeForm, type Mutant, type Mutate, type Sample, treeOf } from './sample.ts';
import { structureMutations } from './structure.ts';
import { type MutationName, type MutationRow, mutationTable } from './table.ts';

const mutations = { ...structureMutations, ...elementMutations, ...envelopeMutations } as Readonly<
  Record<MutationName, Mutate>
>;

export const mutationNames = Object.keys(mutationTable) as readonly MutationName[];

export interface Case {
  readonly name: MutationName;
  /**
   * `valid`: the standard allows the mutant too. `unclear`: the segment at the fault has another
   * place there, so that the fault shows later, or another single fault explains it as well.
   */
  readonly is: 'judged' | 'valid' | 'unclear';
  readonly faults: readonly string[];
}

/** Draws samples until one has a place for the mutation. */
export function makeCase(seed: number): Case {
  const name = mutationNames[seed % mutationNames.length]!;
  const among = amongOf(name);
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const sample = makeSample(seed * attemptsMax + attempt, among, mutationTable[name]);
    const mutant = mutations[name](sample);
    if (mutant !== undefined) return judged(name, mutant, sample, seed);
  }
  throw new Error(`no sample has a place for ${name}`);
}

const attemptsMax = 500;

/** The messages of the standards that have the mutation. */
function amongOf(name: MutationName): typeof allMessages {
  const row: MutationRow = mutationTable[name];
  return allMessages.filter(
    ([standard]) => (standard === 'x12' ? row.x12 : row.edifact) !== undefined,
  );
}

/** The tags of a numbered case, for a person who looks into it. */
export function tagsOfCase(seed: number): string {
  const name = mutationNames[seed % mutationNames.length]!;
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const sample = makeSample(seed * attemptsMax + attempt, amongOf(name), mutationTable[name]);
    const mutant = mutations[name](sample);
    if (mutant !== undefined) return mutant.segments.map(({ tag }) => tag).join(' ');
  }
  return '';
}

function makeSample(seed: number, among: typeof allMessages, row: MutationRow): Sample {
  const { random, definition } = draw(seed, among);
  const richness = random.pick([0.1, 0.25, 0.5]);
  const form = definition.type.standard === 'x12' ? plainForm : formOf(row, random);
  const repeats = form.isSyntax4;
  const segments = sampleMessage(definition, { random, richness, segmentsMax: 60, repeats });
  return { definition, segments, random, tree: treeOf(definition), form };
}

const plainForm: EnvelopeForm = { isSyntax4: false, isGrouped: false };

const formOf = ({ needs }: MutationRow, random: Random): EnvelopeForm => ({
  isSyntax4: needs === 'syntax 4' || random.below(2) === 0,
  isGrouped: needs === 'groups' || random.below(3) === 0,
});

function judged(name: MutationName, mutant: Mutant, sample: Sample, seed: number): Case {
  const { definition, form } = sample;
  const is = mutant.isStructural ? kindOf(mutant, definition) : 'judged';
  if (is !== 'judged') return { name, is, faults: [] };
  const faults = faultsOfCase(mutationTable[name], mutant, definition, form);
  const where = `${name}, ${definition.key}, ${JSON.stringify(form)}, seed ${seed}`;
  return { name, is, faults: faults.map((it) => `${it} (${where})`) };
}

function kindOf(
  { segments, spot, otherReading }: Mutant,
  definition: MessageDefinition,
): Case['is'] {
  const tags = segments.map((it) => it.tag);
  if (isReadable(definition, tags)) return 'valid';
  // The trailer is no tag of the list: there the message ends, and it is not readable.
  const upToSpot = tags.slice(0, spot.segment - 1);
  const showsLater = upToSpot.length === spot.segment - 1 && isBeginning(definition, upToSpot);
  const isOther = otherReading !== undefined && isReadable(definition, otherReading);
  return showsLater || isOther ? 'unclear' : 'judged';
}
