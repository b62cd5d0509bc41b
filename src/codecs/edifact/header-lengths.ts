/** Ids and control numbers that would not fit UNB and UNG are refused before anything is written. */
import type { InterchangeData, PartyId } from '../../model/envelope.ts';
import { cannotEncode } from '../edi/segment-text.ts';

/** Throws HubError `cannot-encode`. Lengths: ISO 9735, service element directory. */
export function checkHeaderLengths(interchange: InterchangeData): void {
  const { control, sender, receiver, groups, terms } = interchange;
  checkLength(control, 14, 'UNB05');
  checkParty(sender, 'UNB02');
  checkParty(receiver, 'UNB03');
  if (terms?.groups !== true) return;
  for (const group of groups) {
    const { senderQualifier = '', receiverQualifier = '' } = group;
    checkLength(group.control, 14, 'UNG05');
    checkParty({ id: group.sender, qualifier: senderQualifier }, 'UNG02');
    checkParty({ id: group.receiver, qualifier: receiverQualifier }, 'UNG03');
  }
}

function checkParty({ id, qualifier }: PartyId, place: string): void {
  checkLength(id, 35, place);
  if (qualifier !== '') checkLength(qualifier, 4, place);
}

function checkLength(value: string, charactersMax: number, place: string): void {
  if (value.length > 0 && value.length <= charactersMax) return;
  const what = `${JSON.stringify(value.slice(0, 50))} does not have 1 to ${charactersMax} characters`;
  throw cannotEncode(what, place);
}
