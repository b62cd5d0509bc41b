/**
 * Write: a document becomes the payload of a delivery. Everything that can be done before the
 * control numbers are known is done here; the rest runs inside the store's unit, pure and short.
 */
import { wideEnough } from '../codecs/edifact/wide-charset.ts';
import type { Codec } from '../model/codec.ts';
import { type Agreement, type Connector, parsePartyId } from '../model/connector.ts';
import type { CounterKey, NewDelivery, WrittenPayload } from '../model/delivery.ts';
import type { GroupData, InterchangeData, PartyId, Syntax } from '../model/envelope.ts';
import { HubError, isHubError } from '../model/errors.ts';
import type { ContentData, MessageType } from '../model/message.ts';
import { messageKey } from '../model/message.ts';
import type { Instant } from '../model/time.ts';
import { later, localTime } from '../model/zoned.ts';
import { ourId } from './identity.ts';
import { codecOf, type Parts } from './parts.ts';
import { syntaxFor } from './syntax.ts';

/** One message on its way out: to whom, as what, and its content. */
export interface Outgoing {
  readonly id: string;
  readonly partner: Connector;
  readonly type: MessageType;
  readonly content: ContentData;
  /** Further messages of the same type, which go in the same group. */
  readonly others?: readonly ContentData[];
  readonly kind: 'document' | 'acknowledgement';
  readonly isTest: boolean;
  readonly agreement: Agreement | undefined;
  /** The syntax of what is answered, so that an answer comes in the same one. */
  readonly like: Syntax | undefined;
  readonly document: string | undefined;
  readonly transfer: string | undefined;
  /** `reply` for an answer in the same exchange. */
  readonly reply: boolean;
}

const CONTROL_MAX = 999_999_999;

/** What writing needs of the hub: no store, so the command line writes with it too. */
export type WritingParts = Pick<Parts, 'setup' | 'codecs' | 'clock' | 'secret'>;

/** Plans a delivery; the store calls its `write` with the numbers it has taken. */
export function planDelivery(parts: WritingParts, outgoing: Outgoing): NewDelivery {
  const setup = parts.setup();
  const { partner, type, kind } = outgoing;
  const codec = codecOf(parts.codecs, `${type.standard}/`);
  if (codec === undefined)
    throw new HubError('config-invalid', `No codec writes ${type.standard}.`);
  const carrier = partner.via === undefined ? partner : (setup.connector(partner.via) ?? partner);
  const ids = partyIds(parts, partner, type.standard);
  const at = parts.clock.now();
  return {
    id: outgoing.id,
    partner: partner.id,
    connector: carrier.id,
    transport: outgoing.reply ? 'reply' : (carrier.out?.use ?? 'none'),
    isTest: outgoing.isTest,
    kind,
    serial: carrier.order === 'serial',
    messageType: messageKey(type),
    contentType: codec.contentType,
    document: outgoing.document,
    transfer: outgoing.transfer,
    numbers: counters(ids, outgoing),
    write: (numbers) => written(() => payload(parts, codec, outgoing, ids, numbers, at)),
  };
}

/** A codec that fails on these data fails on them again: it must not be tried for ever. */
function written(write: () => WrittenPayload): WrittenPayload {
  try {
    return write();
  } catch (cause) {
    if (isHubError(cause)) throw cause;
    const text = `The hub itself failed on this: ${cause instanceof Error ? cause.message : cause}.`;
    throw new HubError('internal', text, { retry: 'permanent', cause });
  }
}

interface PartyIds {
  readonly us: string;
  readonly them: string;
}

/** Only EDI envelopes count; cXML and JSON are named by their delivery. */
function counters(ids: PartyIds, outgoing: Outgoing): readonly CounterKey[] {
  const { type, isTest, others = [] } = outgoing;
  const { standard, name } = type;
  const key = (level: CounterKey['level']): CounterKey => ({
    standard,
    ...ids,
    isTest,
    level,
    max: CONTROL_MAX,
  });
  if (standard !== 'x12' && standard !== 'edifact') return [];
  if (name === 'TA1') return [key('interchange')];
  const messages = [key('message'), ...others.map(() => key('message'))];
  const group = isGrouped(outgoing) ? [key('group')] : [];
  return [key('interchange'), ...group, ...messages];
}

/** The numbers in the order of `counters`, as they are written; TA1 stands in no group. */
function controls(
  outgoing: Outgoing,
  numbers: readonly number[],
): { readonly interchange: string; readonly group: string; readonly messages: readonly string[] } {
  const { id, others = [] } = outgoing;
  const named = `${id}@tradelane`;
  if (numbers.length === 0) return { interchange: named, group: '', messages: [named] };
  const [interchange, ...rest] = numbers.map(String) as [string, ...string[]];
  if (rest.length === 0) return { interchange, group: '', messages: [''] };
  const messages = rest.slice(-1 - others.length).map((it) => it.padStart(4, '0'));
  return { interchange, group: isGrouped(outgoing) ? (rest[0] ?? '') : '', messages };
}

/** X12 always, EDIFACT where that is agreed. */
const isGrouped = ({ type, agreement }: Outgoing): boolean =>
  type.standard === 'x12' || agreement?.envelope?.groups === true;

function payload(
  parts: WritingParts,
  codec: Codec,
  outgoing: Outgoing,
  ids: PartyIds,
  numbers: readonly number[],
  at: Instant,
): WrittenPayload {
  const interchange = interchangeData(parts, outgoing, ids, numbers, at);
  const group = interchange.groups[0];
  const { type, agreement, kind } = outgoing;
  const expect = kind === 'document' ? agreement?.expect : undefined;
  return {
    bytes: codec.encode(interchange),
    fileName: fileName(outgoing, interchange.control, codec.extension),
    messages: (group?.messages ?? []).map(({ control }) => ({
      message: messageKey(type),
      standard: type.standard,
      interchange: interchange.control,
      group: group?.control === '' ? undefined : group?.control,
      control,
      state: expect === undefined ? 'none' : 'awaited',
      dueAt:
        expect?.withinSeconds === undefined ? undefined : later(at, expect.withinSeconds * 1000),
    })),
    findings: [],
  };
}

/** From our own ids and numbers only: nothing of a document may become a file name. */
function fileName(outgoing: Outgoing, control: string, extension: string): string {
  const { id, partner, type } = outgoing;
  const number = /^\d+$/.test(control) ? `${control.padStart(9, '0')}-` : '';
  return `${partner.id}-${type.name.replace(/[^A-Za-z0-9]/g, '')}-${number}${id}${extension}`;
}

function interchangeData(
  parts: WritingParts,
  outgoing: Outgoing,
  ids: PartyIds,
  numbers: readonly number[],
  at: Instant,
): InterchangeData {
  const { partner, type, agreement } = outgoing;
  const local = localTime(at, partner.zone);
  const { interchange, group, messages } = controls(outgoing, numbers);
  const us = parsePartyId(ids.us);
  const them = parsePartyId(ids.them);
  const definition = parts.setup().standards.find(type)?.definition;
  return {
    standard: type.standard,
    control: interchange,
    sender: us,
    receiver: them,
    preparedAt: local.text,
    offset: local.offset,
    isTest: outgoing.isTest,
    wantsAcknowledgement: agreement?.envelope?.requestAcknowledgement === true,
    syntax: syntaxOf(outgoing, us, them),
    ...(agreement?.envelope === undefined ? {} : { terms: agreement.envelope }),
    groups: [
      {
        functionalId: definition?.functionalId ?? '',
        control: group,
        ...applicationIds(outgoing, us, them),
        version: type.version + (type.association ?? ''),
        messages: [outgoing.content, ...(outgoing.others ?? [])].map((content, at) => ({
          type,
          control: messages[at] ?? '',
          content,
        })),
      },
    ],
    ...secretOf(parts, partner),
  };
}

/** An EDIFACT answer copies what it answers, also characters that were not allowed there. */
function syntaxOf(outgoing: Outgoing, us: PartyId, them: PartyId): Syntax {
  const { type, agreement, like, content, kind } = outgoing;
  const syntax = syntaxFor(type.standard, agreement, like);
  const isCopy = kind === 'acknowledgement' && type.standard === 'edifact';
  if (!isCopy || content.form !== 'segments') return syntax;
  return wideEnough(syntax, [...content.segments, { tag: 'UNB', elements: [us.id, them.id] }]);
}

/** Of the interchange, where no others are agreed; only EDIFACT has qualifiers beside them. */
function applicationIds(
  { type, agreement }: Outgoing,
  us: PartyId,
  them: PartyId,
): Pick<GroupData, 'sender' | 'receiver' | 'senderQualifier' | 'receiverQualifier'> {
  const { application } = agreement ?? {};
  if (type.standard !== 'edifact') {
    return { sender: application?.us ?? us.id, receiver: application?.them ?? them.id };
  }
  const ours = application === undefined ? us : parsePartyId(application.us);
  const theirs = application === undefined ? them : parsePartyId(application.them);
  return {
    ...{ sender: ours.id, senderQualifier: ours.qualifier },
    ...{ receiver: theirs.id, receiverQualifier: theirs.qualifier },
  };
}

/** The shared secret that our envelope carries (cXML Sender), where the connector refers to one. */
function secretOf(parts: WritingParts, partner: Connector): { secret?: string } {
  const reference = partner.out?.settings['sharedSecret'];
  return typeof reference === 'string' ? { secret: parts.secret(reference) } : {};
}

function partyIds(parts: WritingParts, partner: Connector, standard: string): PartyIds {
  const us = ourId(parts.setup(), partner, standard) ?? '';
  const them = partner.ids[standard] ?? '';
  const needed = standard === 'x12' || standard === 'edifact' || standard === 'cxml';
  if (needed && (us === '' || them === '')) {
    const missing = us === '' ? 'config/hub.yaml "us:"' : `${partner.file} "ids:"`;
    throw new HubError('config-invalid', `${missing} names no ${standard} id, needed to write.`);
  }
  return { us, them };
}
