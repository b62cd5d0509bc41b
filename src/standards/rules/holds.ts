/** Whether the condition of a rule holds, and where. */
import type { Segments } from '../../model/message.ts';
import type { PartnerRule, RuleTest } from './rule.ts';
import { follow, type Standing, valuesAt } from './walk.ts';

/** In one occurrence of the rule's scope. */
export const holds = (rule: PartnerRule, scope: Standing, segments: Segments): boolean =>
  rule.when.every((test) => {
    const hit = firstHit(test, scope, segments);
    return test.is === 'absent' || test.is === 'noneOf' ? hit === undefined : hit !== undefined;
  });

export interface Hit {
  readonly standing: Standing;
  readonly repeat: number;
}

/** The first segment or value that a test speaks of. */
export function firstHit(
  { place, is, values }: RuleTest,
  scope: Standing,
  segments: Segments,
): Hit | undefined {
  const isTold = is === 'oneOf' || is === 'noneOf';
  for (const standing of follow(scope, place.steps, segments)) {
    if (place.element === 0) return { standing, repeat: 1 };
    const found = valuesAt(standing.node, place, segments).find(
      ({ value }) => !isTold || values.has(value),
    );
    if (found !== undefined) return { standing, repeat: found.repeat };
  }
  return undefined;
}
