/** Judge: a message by its standard, and by the rules of the partner that it is from or for. */
import type { Agreement } from '../model/connector.ts';
import type { Message } from '../model/message.ts';
import { checkMessage } from '../standards/check.ts';
import type { Checked } from '../standards/definition.ts';
import type { CheckPolicy } from '../standards/policy.ts';
import { checkRules } from '../standards/rules/check.ts';
import type { Setup } from './parts.ts';

/** Undefined where no dictionary knows the message; trees have none. */
export function judge(
  { standards, mappings }: Pick<Setup, 'standards' | 'mappings'>,
  message: Message,
  agreement: Agreement | undefined,
  policy: CheckPolicy,
): Checked | undefined {
  if (message.content.form !== 'segments') return undefined;
  const definition = standards.find(message.type)?.definition;
  if (definition === undefined) return undefined;
  const checked = checkMessage(message, definition, policy);
  const rules = agreement === undefined ? [] : mappings.partnerRules(agreement.mapping);
  if (rules.length === 0) return checked;
  const broken = checkRules(rules, message, checked.root, policy);
  return { ...checked, findings: [...checked.findings, ...broken] };
}
