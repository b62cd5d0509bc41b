/**
 * Proofread: what is about to be sent is read as its receiver will read it, before a control number
 * is used. What its standard or its partner's rules refuse is held with the finding, not sent to be
 * rejected.
 */
import type { NewDelivery } from '../model/delivery.ts';
import { type Finding, isError } from '../model/finding.ts';
import { messageKey } from '../model/message.ts';
import { judge } from './judge.ts';
import { codecOf, type Parts } from './parts.ts';
import { policyOf } from './policy.ts';
import type { Outgoing, WritingParts } from './write.ts';

/** Errors only. Trees have no dictionary and are held to their mapping alone. */
export function proofread(
  parts: WritingParts & Pick<Parts, 'limits'>,
  outgoing: Outgoing,
  delivery: NewDelivery,
): readonly Finding[] {
  const codec = codecOf(parts.codecs, delivery.messageType);
  if (outgoing.content.form !== 'segments' || codec === undefined) return [];
  const findings: Finding[] = [];
  const decoder = codec.decoder(
    (event) => {
      if ('findings' in event) findings.push(...event.findings);
      if (event.is !== 'message') return;
      const policy = policyOf(outgoing.partner);
      const checked = judge(parts.setup(), event.message, outgoing.agreement, policy);
      findings.push(...(checked?.findings ?? []));
    },
    { limits: parts.limits },
  );
  // Any numbers do: the real ones are taken with the delivery.
  decoder.write(delivery.write(delivery.numbers.map(() => 1)).bytes);
  decoder.end();
  return findings.filter(isError).map((finding) => ours(finding, outgoing));
}

const ours = (finding: Finding, { type, partner }: Outgoing): Finding => ({
  ...finding,
  fault: 'mapping',
  text:
    `${messageKey(type)} for ${partner.name} would not be valid: ${finding.text} ` +
    'Mend the document at its source, or the mapping, and replay.',
});
