/** An EDIFACT interchange has groups or messages alone, never both (ISO 9735 §6.1; 0085, code 30). */
import { envelopeFindings } from '../../model/catalogue/envelope.ts';
import type { GroupEnvelope, InterchangeEnvelope } from '../../model/envelope.ts';
import type { Finding } from '../../model/finding.ts';
import { cut } from '../findings.ts';
import type { Severities } from '../policy.ts';

/** `groups` has an entry without an envelope for messages that stand in no group. */
export function mixedFindings(
  { standard, control, start }: InterchangeEnvelope,
  groups: readonly { readonly envelope: GroupEnvelope | undefined }[],
  severities: Severities | undefined,
): readonly Finding[] {
  const alone = groups.filter(({ envelope }) => envelope === undefined).length;
  if (standard !== 'edifact' || alone === 0 || alone === groups.length) return [];
  const { severity: usual, fault } = envelopeFindings['levels-mixed'];
  const severity = severities?.['levels-mixed'] ?? usual;
  if (severity === 'ignore') return [];
  const place = { path: `UNB ${cut(control.slice(0, 40))}`.trimEnd(), start };
  const text =
    'Some messages stand in groups (UNG, UNE) and others in none: write all in groups, or none.';
  return [{ code: 'levels-mixed', severity, fault, place, text }];
}
