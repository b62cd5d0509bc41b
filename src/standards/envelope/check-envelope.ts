/** Judges what the headers of interchanges and groups say, whatever the standard. */
import type { GroupEnvelope, InterchangeEnvelope } from '../../model/envelope.ts';
import type { Finding } from '../../model/finding.ts';
import type { Segments } from '../../model/message.ts';
import { checkServiceHeader } from './edifact.ts';
import type { EnvelopePolicy } from './header-findings.ts';
import { checkGs, checkIsa } from './x12.ts';

/** `header` holds ISA or UNB alone; undefined where messages came without. */
export function checkInterchangeHeader(
  header: Segments | undefined,
  envelope: InterchangeEnvelope,
  policy: EnvelopePolicy,
): readonly Finding[] {
  if (header === undefined) return [];
  return envelope.standard === 'x12'
    ? checkIsa(header, envelope, policy)
    : checkServiceHeader(header, envelope.control, envelope.syntax, policy);
}

/** Whether a finding is about who sends and who receives: ISA06, ISA08, UNB S002 and S003. */
export const isOfParty = ({ code, place }: Finding): boolean =>
  code === 'envelope-id' || (place.tag === 'UNB' && (place.element === 2 || place.element === 3));

/** `header` holds GS or UNG alone. What ISA said of its date and ids is not said again. */
export function checkGroupHeader(
  header: Segments | undefined,
  group: GroupEnvelope,
  interchange: InterchangeEnvelope,
  policy: EnvelopePolicy,
): readonly Finding[] {
  if (header === undefined) return [];
  if (interchange.standard !== 'x12') {
    const [day] = interchange.preparedAt.split(' ');
    return checkServiceHeader(header, group.control, interchange.syntax, policy, day);
  }
  // More elements are another fault: a terminator that is none.
  if (header.elements(0) > 8) return [];
  const [day = ''] = interchange.preparedAt.split(' ');
  const isSameDay = day !== '' && header.value(0, 4).endsWith(day);
  const found = checkGs(header, group.control, isSameDay ? { ...policy, now: undefined } : policy);
  const isBlankBefore = interchange.sender.id === '' || interchange.receiver.id === '';
  return isBlankBefore ? found.filter(({ code }) => code !== 'envelope-id') : found;
}
