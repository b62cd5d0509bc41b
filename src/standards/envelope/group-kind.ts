/** GS01 names the kind of the sets in a group (X12 element 479); each set is of one kind. */
import { envelopeFindings } from '../../model/catalogue/envelope.ts';
import type { GroupEnvelope } from '../../model/envelope.ts';
import type { Finding } from '../../model/finding.ts';
import type { MessageDefinition } from '../definition.ts';
import { cut } from '../findings.ts';
import type { Severities } from '../policy.ts';

/** A GS01 that is no functional group at all is told with its header. */
export const isOfGroup = ({ functionalId }: MessageDefinition, group: GroupEnvelope): boolean =>
  functionalId === '' ||
  functionalId === group.functionalId ||
  !/^[A-Z]{2}$/.test(group.functionalId);

/** The finding of a group at its first set of another kind. */
export function kindFindings(
  { type, functionalId }: MessageDefinition,
  group: GroupEnvelope,
  severities: Severities | undefined,
): readonly Finding[] {
  const { severity: usual, fault } = envelopeFindings['group-kind'];
  const severity = severities?.['group-kind'] ?? usual;
  if (severity === 'ignore') return [];
  const value = cut(group.functionalId);
  const text =
    `GS01 is ${JSON.stringify(value.slice(0, 20))}, and a ${type.name} stands in the group: it ` +
    `belongs into a group ${functionalId}. It was read as the ${type.name} that ST01 says.`;
  const path = `GS ${cut(group.control.slice(0, 40))} / GS01`;
  const place = { path, tag: 'GS', element: 1, start: group.start };
  return [{ code: 'group-kind', severity, fault, place, text, value }];
}
