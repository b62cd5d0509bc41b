/** Which acknowledgements `validate --ack` prints: as agreed with a connector, or as asked for. */
import { type Answering, answeringOf } from '../hub/answering.ts';
import { plainPolicy } from '../model/acknowledge-policy.ts';
import type { Connector } from '../model/connector.ts';
import type { MessageType } from '../model/message.ts';
import { type Invocation, text, UsageError } from './command.ts';

const functional: Readonly<Record<string, readonly string[]>> = {
  x12: ['997', '999'],
  edifact: ['CONTRL'],
};
const words = ['TA1', ...Object.values(functional).flat()];

/** Undefined: none is asked for. Throws UsageError. */
export function acknowledgeChoice(invocation: Invocation): ReadonlySet<string> | undefined {
  const told = text(invocation, 'ack-with');
  if (told === undefined) return invocation.values['ack'] === true ? new Set() : undefined;
  const chosen = told.split(',').map((it) => it.trim());
  const wrong = chosen.find((it) => !words.includes(it));
  if (wrong === undefined) return new Set(chosen);
  throw new UsageError(`"${wrong}" is no acknowledgement: choose from ${words.join(', ')}.`);
}

/** Nobody's word: a TA1 where ISA14 asks, and a 997 or CONTRL of everything. */
export function answeringBy(
  chosen: ReadonlySet<string>,
  partner: Connector | undefined,
): Answering {
  if (chosen.size === 0 && partner !== undefined) return answeringOf(partner);
  const ta1 = chosen.size === 0 ? 'asked' : chosen.has('TA1') ? 'always' : 'never';
  return { ta1, policyOf: ({ standard }) => policyOf(standard, chosen) };
}

function policyOf(standard: MessageType['standard'], chosen: ReadonlySet<string>) {
  const [usual, ...others] = functional[standard] ?? [];
  const word = chosen.size === 0 ? usual : [usual, ...others].find((it) => chosen.has(it ?? ''));
  return word === undefined ? undefined : plainPolicy(word);
}
