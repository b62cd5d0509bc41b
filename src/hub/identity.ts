/** Who sent it, to whom, and what was agreed: pure look-ups in the configuration in force. */
import { type Agreement, type Connector, parsePartyId } from '../model/connector.ts';
import { type InterchangeEnvelope, type PartyId, partyIdText } from '../model/envelope.ts';
import type { Finding } from '../model/finding.ts';
import type { MessageType } from '../model/message.ts';
import type { Setup } from './parts.ts';

export interface Identity {
  readonly partner: Connector | undefined;
  readonly findings: readonly Finding[];
}

/** Compares the envelope with the authenticated connector (undefined: nobody asks). */
export function identify(
  setup: Setup,
  connector: Connector | undefined,
  envelope: InterchangeEnvelope,
): Identity {
  if (envelope.sender.id === '' && !isAddressed(envelope)) {
    return { partner: connector, findings: [] };
  }
  const partner = setup.owner(envelope.standard, envelope.sender);
  if (connector === undefined) return { partner, findings: [] };
  if (partner === undefined) {
    return { partner: undefined, findings: [senderUnknown(connector, envelope)] };
  }
  if (partner.id !== connector.id && partner.via !== connector.id) {
    return { partner: undefined, findings: [senderNotAllowed(connector, partner, envelope)] };
  }
  if (!isOurs(setup, partner, envelope)) {
    return { partner, findings: [receiverUnknown(setup, partner, envelope)] };
  }
  return { partner, findings: [] };
}

/** EDI envelopes always say who and to whom; others may be messages alone, or answers. */
const isAddressed = ({ standard, control }: InterchangeEnvelope): boolean =>
  control !== '' && (standard === 'x12' || standard === 'edifact');

/** The agreement for a message: its own version first, else the same message in another version. */
export function agreementFor(
  agreements: readonly Agreement[],
  type: MessageType,
): Agreement | undefined {
  const same = agreements.filter(
    ({ message }) => message.standard === type.standard && message.name === type.name,
  );
  return same.find(({ message }) => message.version === type.version) ?? same[0];
}

/** Our id as a partner knows us, for a standard; undefined when none is set. */
export function ourId(setup: Setup, partner: Connector, standard: string): string | undefined {
  return partner.us[standard] ?? setup.hub.us[standard];
}

function isOurs(setup: Setup, partner: Connector, envelope: InterchangeEnvelope): boolean {
  const ours = ourId(setup, partner, envelope.standard);
  if (ours === undefined || ours === partyIdText(envelope.receiver)) return true;
  return envelope.receiver.id === '' && !isAddressed(envelope);
}

/** `like` is who should have stood there: where only the qualifier differs, it is what is wrong. */
function finding(
  code: 'sender-unknown' | 'sender-not-allowed' | 'receiver-unknown',
  party: PartyId,
  like: string | undefined,
  envelope: InterchangeEnvelope,
  text: string,
): Finding {
  return {
    code,
    severity: 'error',
    fault: 'partner',
    place: partyPlace(code === 'receiver-unknown' ? 'receiver' : 'sender', party, like, envelope),
    text,
    value: partyIdText(party).slice(0, 200),
  };
}

const elementsOf = { sender: [5, 6], receiver: [7, 8] } as const;
const pathsOf: Readonly<Record<string, Readonly<Record<'sender' | 'receiver', string>>>> = {
  edifact: { sender: 'UNB S002', receiver: 'UNB S003' },
  cxml: { sender: 'From', receiver: 'To' },
};

function partyPlace(
  who: 'sender' | 'receiver',
  party: PartyId,
  like: string | undefined,
  { standard, start }: InterchangeEnvelope,
): Finding['place'] {
  if (standard !== 'x12') return { path: pathsOf[standard]?.[who] ?? who, start };
  const [qualifier, id] = elementsOf[who];
  const isSameId = like !== undefined && parsePartyId(like).id === party.id;
  const element = isSameId ? qualifier : id;
  return { path: `ISA0${element}`, tag: 'ISA', element, start };
}

function senderUnknown(connector: Connector, envelope: InterchangeEnvelope): Finding {
  const id = partyIdText(envelope.sender);
  const text =
    envelope.sender.id === ''
      ? `The interchange names no sender, though ${connector.name} delivered it: ask them to fill it in.`
      : `The sender "${id}" belongs to no connector. If ${connector.name} sends under this id, ` +
        `add "ids: { ${envelope.standard}: ${id} }" to ${connector.file}, reload, and replay.`;
  const like = connector.ids[envelope.standard];
  return finding('sender-unknown', envelope.sender, like, envelope, text);
}

function senderNotAllowed(
  connector: Connector,
  partner: Connector,
  envelope: InterchangeEnvelope,
): Finding {
  const text =
    `${connector.name} delivered an interchange in the name of ${partner.name} ` +
    `(${partyIdText(envelope.sender)}). Only ${partner.name} may do that, or a network that ` +
    `${partner.file} names in "via:".`;
  return finding('sender-not-allowed', envelope.sender, undefined, envelope, text);
}

function receiverUnknown(setup: Setup, partner: Connector, envelope: InterchangeEnvelope): Finding {
  const text =
    `The receiver "${partyIdText(envelope.receiver)}" is not us: ${partner.name} knows us as ` +
    `"${ourId(setup, partner, envelope.standard)}" (config/hub.yaml, or "us:" in ${partner.file}).`;
  const like = ourId(setup, partner, envelope.standard);
  return finding('receiver-unknown', envelope.receiver, like, envelope, text);
}
