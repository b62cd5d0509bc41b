/** `mapping check`: the laws on generated documents, a counter-example made small, and coverage. */

import { seededRandom } from '../../model/random.ts';
import type { Entry } from '../compile/fields.ts';
import { type Coverage, coverageOf } from './coverage.ts';
import { generateDocument } from './generate-document.ts';
import { type Judged, judge, type Subject } from './laws.ts';
import type { Normalization } from './normalize.ts';
import { shrink } from './shrink.ts';

export interface CheckOptions {
  readonly documents: number;
  readonly seed: number;
}

export interface CounterExample {
  readonly law: 'L1' | 'L2' | 'L3';
  /** `lines[0].price: "1" came back as nothing`. */
  readonly text: string;
  /** The smallest document found. */
  readonly document: unknown;
  /** The generated document it was made of, to find it again: its position from 0. */
  readonly index: number;
}

export interface MappingCheck {
  readonly documents: number;
  readonly kept: number;
  /** Out of the domain as the mapping said itself, by finding code. */
  readonly refused: Readonly<Record<string, number>>;
  readonly counterExample: CounterExample | undefined;
  readonly coverage: Coverage;
  readonly normalizations: Readonly<Partial<Record<Normalization, number>>>;
}

/** Stops at the first document that breaks a law. The same seed gives the same answer. */
export function checkMapping(subject: Subject, { documents, seed }: CheckOptions): MappingCheck {
  const random = seededRandom(seed);
  const refused: Record<string, number> = {};
  const normalizations: Partial<Record<Normalization, number>> = {};
  let kept = 0;
  let counterExample: CounterExample | undefined;
  let index = 0;
  for (; index < documents && counterExample === undefined; index++) {
    const document = generateDocument(subject.bound, random);
    const judged = judge(subject, document);
    if (judged.verdict === 'broken') counterExample = smallest(subject, document, judged, index);
    else if (judged.verdict === 'kept') kept++;
    for (const code of judged.codes) refused[code] = (refused[code] ?? 0) + 1;
    count(normalizations, judged);
  }
  const coverage = coverageOf(subject.bound);
  return { documents: index, kept, refused, counterExample, coverage, normalizations };
}

function count(all: Partial<Record<Normalization, number>>, { normalizations }: Judged): void {
  for (const [name, times] of Object.entries(normalizations) as [Normalization, number][]) {
    all[name] = (all[name] ?? 0) + times;
  }
}

function smallest(
  subject: Subject,
  document: Entry,
  { law }: Judged,
  index: number,
): CounterExample {
  const isBroken = (each: Entry): boolean => {
    const judged = judge(subject, each);
    return judged.verdict === 'broken' && judged.law === law;
  };
  const small = shrink(document, isBroken);
  const { text } = judge(subject, small);
  return { law: law ?? 'L1', text, document: small, index };
}
