/** Globex's back office without its HTTP: it writes an OrderRequest, and judges what is posted to it. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../../model/time.ts';
import { type LocalTime, localTime } from '../../model/zoned.ts';
import { wanted } from './desk.ts';
import { escapeXml, unescapeXml } from './escape-xml.ts';
import type { DeskEvent } from './event.ts';
import { globexLooks } from './globex-checks.ts';
import { type GlobexParties, globexAssortment, globexOrder } from './globex-order.ts';
import { type ReadCxml, readCxml } from './read-cxml.ts';
import type { Look } from './receive-edi.ts';
import type { DeskState } from './state.ts';

export interface GlobexOptions extends GlobexParties {
  readonly zone: string;
}

export const globexDefaults = {
  me: 'AN01000000002',
  hub: 'AN01000000001',
  zone: 'America/New_York',
} as const;

/** What Globex answers: a cXML Status, in an HTTP answer of its own. */
export interface Told {
  readonly http: number;
  /** cXML Status code: `200`, `406`. */
  readonly code: string;
  readonly text: string;
  readonly message?: string;
}

export interface Judged {
  readonly told: Told;
  readonly events: readonly DeskEvent[];
}

export function writeOrder(options: GlobexOptions, state: DeskState, at: Instant) {
  const orderNumber = `GX${String(++state.order).padStart(7, '0')}`;
  const lines = wanted(globexAssortment, state.order);
  state.orders[orderNumber] = lines.length;
  const text = globexOrder(orderNumber, lines, options, localTime(at, options.zone));
  return { orderNumber, lines: lines.length, bytes: Buffer.from(text) };
}

/** Only what is accepted is remembered: a refused request may come again, mended. */
export function judge(options: GlobexOptions, bytes: Uint8Array, state: DeskState): Judged {
  const read = readCxml(bytes);
  const control = read.envelope?.control ?? '';
  if (read.root === undefined || read.faults.length > 0) {
    return refusal('400', 'Bad Request', read, read.faults);
  }
  if (!isHub(options, read, bytes)) {
    return refusal('401', 'Unauthorized', read, ['This is not the hub, or not its secret.']);
  }
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (state.received[control] === digest) return repeated(read, control);
  if (state.received[control] !== undefined) {
    return refusal('409', 'Conflict', read, ['The payloadID was used for other content.']);
  }
  const look = globexLooks[read.name]?.(read.root);
  if (look === undefined) return refusal('450', 'Not Implemented', read, ['Nobody expects this.']);
  const faults = businessFaults(look, state);
  if (faults.length > 0) return refusal('406', 'Not Acceptable', read, faults, look.number);
  state.received[control] = digest;
  return accepted(read.name, look);
}

export function writeResponse(told: Told, id: string, now: LocalTime): string {
  const { code, text, message = '' } = told;
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.063/cXML.dtd">
<cXML payloadID="${id}@globex.example" timestamp="${now.text}${now.offset}">
  <Response><Status code="${code}" text="${escapeXml(text)}">${escapeXml(message)}</Status></Response>
</cXML>
`;
}

const businessFaults = (look: Look, state: DeskState): readonly string[] =>
  state.orders[look.order] === undefined
    ? [`There is no order ${look.order}.`, ...look.faults]
    : look.faults;

const accepted = (message: string, { number, order, text }: Look): Judged => ({
  told: { http: 200, code: '200', text: 'OK' },
  events: [{ what: 'received', message, number, text: `order ${order}: ${text}` }],
});

const repeated = ({ name }: ReadCxml, control: string): Judged => ({
  told: { http: 200, code: '200', text: 'OK' },
  events: [{ what: 'repeat', message: name, number: control, text: 'The same request again.' }],
});

function refusal(
  code: string,
  text: string,
  read: ReadCxml,
  faults: readonly string[],
  number = read.envelope?.control ?? '',
): Judged {
  const message = faults.join(' ').slice(0, 1000) || 'It cannot be read.';
  return {
    told: { http: 200, code, text, message },
    events: [{ what: 'fault', message: read.name || 'cXML', number, text: message }],
  };
}

/** The envelope says who it is from; the secret proves it. The codec never hands the secret out. */
function isHub(options: GlobexOptions, { envelope }: ReadCxml, bytes: Uint8Array): boolean {
  const found = /<SharedSecret>([^<]{0,200})<\/SharedSecret>/.exec(Buffer.from(bytes).toString());
  const hash = (text: string) => createHash('sha256').update(text).digest();
  const isSecret = timingSafeEqual(hash(unescapeXml(found?.[1] ?? '')), hash(options.sharedSecret));
  return isSecret && envelope?.sender.id === options.hub && envelope.receiver.id === options.me;
}
