/**
 * GS01 names the kind of the sets in a group (X12 element 479), UNG 0038 the type of its messages:
 * all of them are of one.
 */
import { envelopeFindings } from '../../model/catalogue/envelope.ts';
import type { GroupEnvelope } from '../../model/envelope.ts';
import type { Finding } from '../../model/finding.ts';
import type { MessageDefinition } from '../definition.ts';
import { cut } from '../findings.ts';
import type { Severities } from '../policy.ts';

/** A GS01 that is no functional group at all, and an empty 0038, are told with their header. */
export function isOfGroup(
  { type, functionalId }: MessageDefinition,
  { functionalId: told }: GroupEnvelope,
): boolean {
  if (type.standard === 'edifact') return told === '' || told === type.name;
  return functionalId === '' || functionalId === told || !/^[A-Z]{2}$/.test(told);
}

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
  const isX12 = type.standard === 'x12';
  const [tag, named] = isX12 ? ['GS', 'ST01'] : ['UNG', 'UNH'];
  const text =
    `${tag}01 is ${JSON.stringify(value.slice(0, 20))}, and a ${type.name} stands in the group: it ` +
    `belongs into a group ${isX12 ? functionalId : type.name}. It was read as the ${type.name} ` +
    `that ${named} says.`;
  const path = `${tag} ${cut(group.control.slice(0, 40))} / ${tag}01`;
  const place = { path, tag, element: 1, start: group.start };
  return [{ code: 'group-kind', severity, fault, place, text, value }];
}
