/** Which messages are acknowledgements: they settle what we sent, and are never acknowledged. */
import type { MessageType } from '../../model/message.ts';

const names: Readonly<Record<string, ReadonlySet<string>>> = {
  x12: new Set(['997', '999', 'TA1']),
  edifact: new Set(['CONTRL']),
  cxml: new Set(['Response']),
};

/** Business answers (855, 824, ORDRSP, APERAK) are documents, not acknowledgements. */
export const isAcknowledgement = (type: MessageType): boolean =>
  Object.hasOwn(names, type.standard) && names[type.standard]?.has(type.name) === true;
