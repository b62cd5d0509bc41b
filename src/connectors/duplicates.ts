/** What is done with control numbers that come again: one word, or one for each level. */
import type { DuplicatePolicy } from '../model/connector.ts';
import type { FaultList } from './fault-list.ts';
import { nearestWord } from './nearest-word.ts';

const decisions = ['refuse', 'hold', 'accept', 'ignore'] as const;

/** Most partners number groups and messages anew in each interchange. */
const usual: DuplicatePolicy = { interchange: 'refuse', group: 'ignore', message: 'ignore' };

/** `refuse`, which speaks of interchanges, or `{ interchange: accept, group: refuse }`. */
export function readDuplicates(told: unknown, faults: FaultList): DuplicatePolicy {
  if (told === undefined) return usual;
  const own = typeof told === 'string' ? { interchange: told } : told;
  if (typeof own !== 'object' || own === null || Array.isArray(own)) {
    const fix = `Write ${decisions.join(', ')}, or a word for each of interchange, group, message.`;
    faults.add(['duplicates'], 'This does not say what is done with duplicates.', fix);
    return usual;
  }
  const isShort = typeof told === 'string';
  for (const [level, decision] of Object.entries(own)) {
    checkWords(level, decision, isShort ? ['duplicates'] : ['duplicates', level], faults);
  }
  return { ...usual, ...own };
}

function checkWords(
  level: string,
  decision: unknown,
  where: readonly string[],
  faults: FaultList,
): void {
  const levels = Object.keys(usual);
  if (!levels.includes(level)) {
    const meant = nearestWord(level, levels);
    const fix = meant === undefined ? `Write ${levels.join(', ')}.` : `Did you mean "${meant}"?`;
    faults.add(where, `There is no level "${level}".`, fix);
  }
  if (decisions.some((known) => known === decision)) return;
  faults.add(where, `"${String(decision)}" is no decision.`, `Write ${decisions.join(', ')}.`);
}
