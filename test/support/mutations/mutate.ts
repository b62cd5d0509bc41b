/** One numbered case: a sample, a mutation of it, and whether what it gives is right. */
import { sampleMessage } from '../../../src/standards/sample/message.ts';
import { allMessages, draw } from '../samples.ts';
import { elementMutations } from './elements.ts';
import { envelopeMutations } from './envelope.ts';
import { faultsOfCase } from './expect.ts';
import { isReadable } from './language.ts';
import { type Mutant, type Mutate, type Sample, treeOf } from './sample.ts';
import { structureMutations } from './structure.ts';
import { type MutationName, type MutationRow, mutationTable } from './table.ts';

const mutations = { ...structureMutations, ...elementMutations, ...envelopeMutations } as Readonly<
  Record<MutationName, Mutate>
>;

export const mutationNames = Object.keys(mutationTable) as readonly MutationName[];

export interface Case {
  readonly name: MutationName;
  /** `valid`: the standard allows the mutant too. */
  readonly is: 'judged' | 'valid';
  readonly faults: readonly string[];
}

/** Draws samples until one has a place for the mutation. */
export function makeCase(seed: number): Case {
  const name = mutationNames[seed % mutationNames.length]!;
  const row: MutationRow = mutationTable[name];
  const among = allMessages.filter(
    ([standard]) => (standard === 'x12' ? row.x12 : row.edifact) !== undefined,
  );
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const sample = makeSample(seed * attemptsMax + attempt, among);
    const mutant = mutations[name](sample);
    if (mutant !== undefined) return judged(name, mutant, sample, seed);
  }
  throw new Error(`no sample has a place for ${name}`);
}

const attemptsMax = 500;

function makeSample(seed: number, among: typeof allMessages): Sample {
  const { random, definition } = draw(seed, among);
  const richness = random.pick([0.1, 0.25, 0.5]);
  const segments = sampleMessage(definition, { random, richness, segmentsMax: 60 });
  return { definition, segments, random, tree: treeOf(definition) };
}

function judged(name: MutationName, mutant: Mutant, { definition }: Sample, seed: number): Case {
  const tags = mutant.segments.map((it) => it.tag);
  if (mutant.isStructural && isReadable(definition, tags)) return { name, is: 'valid', faults: [] };
  const faults = faultsOfCase(mutationTable[name], mutant, definition);
  const where = `${name}, ${definition.key}, seed ${seed}`;
  return { name, is: 'judged', faults: faults.map((it) => `${it} (${where})`) };
}
