/** What waits for a person, in the words of an order desk: what it is, why, and what to do. */

import type { DeliveryRow, FindingRow, MessageRow, Page, TransferRow } from '../model/rows.ts';
import { counted } from './findings.ts';

/** GET of the API. */
export type Get = <T>(path: string) => Promise<T>;
/** A connector's name for people. */
export type NameOf = (connector: string) => string;

/** More than this of a kind is said, not listed. */
const LISTED_MAX = 20;

/** Every kind of waiting thing that there is, a heading and its lines each. */
export async function waiting(get: Get, nameOf: NameOf): Promise<string> {
  const sections = [
    section('dead letters (tradelane resend ID, or tradelane cancel ID)', await dead(get, nameOf)),
    section(
      'rejected by a partner (mend the mapping, then tradelane reissue ID; or let the ERP send it anew)',
      await answered(get, 'rejected', nameOf),
    ),
    section(
      'not acknowledged in time (ask them; tradelane resend ID sends the same bytes)',
      await answered(get, 'overdue', nameOf),
    ),
    section(
      'being retried (nothing to do here: is the other side up?)',
      await retried(get, nameOf),
    ),
    section('held or unrouted (tradelane replay ID after the fix)', await held(get)),
    section('quarantined (tradelane replay ID after the fix)', await quarantined(get)),
  ];
  return sections.join('');
}

function section(heading: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  const more = lines.length > LISTED_MAX ? ['... and more'] : [];
  const shown = [...lines.slice(0, LISTED_MAX), ...more];
  return `\n${heading}\n${shown.map((line) => `  ${line}\n`).join('')}`;
}

const LIMIT = `limit=${LISTED_MAX + 1}`;

async function dead(get: Get, nameOf: NameOf): Promise<string[]> {
  const { items } = await get<Page<DeliveryRow>>(`/v1/deliveries?state=failed&${LIMIT}`);
  return items.map(
    ({ id, messageType, partner, text }) =>
      `${id}  ${messageType} for ${nameOf(partner)}: ${text ?? ''}`,
  );
}

/** One line a destination that is down: how many wait for it, and its last words. */
async function retried(get: Get, nameOf: NameOf): Promise<string[]> {
  const { items } = await get<Page<DeliveryRow>>('/v1/deliveries?state=queued&limit=100');
  const tried = items.filter(({ attempts }) => attempts.length > 0);
  const byConnector = Map.groupBy(tried, ({ connector }) => connector);
  return [...byConnector].map(([connector, rows]) => {
    const most = Math.max(...rows.map(({ attempts }) => attempts.length));
    const next = rows.flatMap(({ nextAt }) => nextAt ?? []).sort()[0];
    const times = `tried up to ${counted(most, 'time')}, next ${minute(next)}`;
    return `${nameOf(connector)}: ${rows.length} waiting (${times}): ${rows[0]?.text}`;
  });
}

async function quarantined(get: Get): Promise<string[]> {
  const { items } = await get<Page<TransferRow>>(`/v1/transfers?state=quarantined&${LIMIT}`);
  return items.map(({ id, connector, reason }) => `${id}  from ${connector}: ${reason ?? ''}`);
}

async function answered(
  get: Get,
  answer: 'rejected' | 'overdue',
  nameOf: NameOf,
): Promise<string[]> {
  const { items } = await get<Page<DeliveryRow>>(`/v1/deliveries?answer=${answer}&${LIMIT}`);
  const lines: string[] = [];
  for (const delivery of items) {
    const what = await documentOf(get, delivery);
    for (const message of delivery.messages) {
      if (message.state !== answer) continue;
      const which = `${what} (${message.message}, control number ${message.control})`;
      const name = nameOf(delivery.partner);
      lines.push(
        answer === 'rejected'
          ? `${delivery.id}  ${name} rejected ${which}: ${message.answer ?? 'no reason given'}`
          : `${delivery.id}  ${name} has not acknowledged ${which}, due ${minute(message.dueAt)}`,
      );
    }
    if (answer === 'rejected') lines.push(...(await traced(get, delivery)));
  }
  return lines;
}

const TRACED_MAX = 5;

/** Which element of ours they mean, and which mapping line wrote it. */
async function traced(get: Get, { id }: DeliveryRow): Promise<string[]> {
  const path = `/v1/findings?delivery=${id}&code=answer-rejects&limit=${TRACED_MAX}`;
  const { items } = await get<Page<FindingRow>>(path);
  return items.map(({ text }) => `    ${text}`);
}

/** `invoice INV-1`, as the order desk calls it. */
async function documentOf(get: Get, { document, kind }: DeliveryRow): Promise<string> {
  if (document === undefined) return kind;
  const row = await get<{ kind: string; number: string }>(`/v1/documents/${document}`);
  return `${row.kind} ${row.number}`.trim();
}

const minute = (at: string | undefined): string =>
  at === undefined ? 'now' : `${at.slice(0, 16).replace('T', ' ')} UTC`;

/** One line a transfer: how many of its messages wait, and why the first does. */
async function held(get: Get): Promise<string[]> {
  const byTransfer = new Map<string, MessageRow[]>();
  for (const state of ['held', 'unrouted']) {
    const { items } = await get<Page<MessageRow>>(`/v1/messages?state=${state}&limit=100`);
    for (const row of items) {
      byTransfer.set(row.transfer, [...(byTransfer.get(row.transfer) ?? []), row]);
    }
  }
  const lines: string[] = [];
  for (const [id, rows] of byTransfer) {
    if (lines.length > LISTED_MAX) break;
    const { state, connector } = await get<TransferRow>(`/v1/transfers/${id}`);
    if (state === 'quarantined') continue; // Listed as such.
    const [first] = rows;
    if (first === undefined) continue;
    const which =
      rows.length === 1 ? first.message : `${rows.length} messages, first ${first.message}`;
    lines.push(`${id}  ${which} from ${connector}, ${first.state}: ${await why(get, first)}`);
  }
  return lines;
}

/** The first error of the last try. */
async function why(get: Get, { transfer, index, document }: MessageRow): Promise<string> {
  const path = `/v1/findings?transfer=${transfer}&limit=500`;
  const { items } = await get<Page<FindingRow>>(path);
  const errors = items.filter(
    ({ severity, messageIndex, document: of }) =>
      severity === 'error' &&
      (messageIndex === index || (document !== undefined && of === document)),
  );
  const last = errors.at(-1)?.at;
  return errors.find(({ at }) => at === last)?.text ?? 'see its findings in the API';
}
