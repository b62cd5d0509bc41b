/**
 * Answers: what the other side says of our outbound messages. A more general answer (TA1 on an
 * interchange, AK9 on a group) speaks for the messages that still wait; only one that is as special
 * as the one before it may contradict it, and an event tells that it did.
 */
import { type Kysely, type Selectable, sql } from 'kysely';
import type { Answer, AnsweredDocument, AnsweredMessage } from '../../model/answer.ts';
import type { Instant } from '../../model/time.ts';
import type { DeliveryTable, OutboundTable, Tables } from '../schema.ts';
import { all, first, run, select, statement, type Unit } from '../unit.ts';
import { event, recordFindings } from './journal.ts';

type Asked = Pick<
  Selectable<OutboundTable>,
  'seq' | 'delivery' | 'control' | 'state' | 'answered_by' | 'answer' | 'answer_level'
>;

type Found = Asked & Pick<Selectable<DeliveryTable>, 'is_test'>;

/**
 * Settles the messages of the newest delivery that an answer speaks of. Test and live traffic count
 * for themselves, so the same number may stand in both: an answer is of its own kind where it can.
 */
export function* settleAnswer(answer: Answer, isTest: boolean, at: Instant): Unit<void> {
  const asked = yield* findAsked(answer, isTest);
  if (asked.length === 0) yield* reportUnmatched(answer, at);
  const level = levelOf(answer);
  const words = `${answer.code} ${answer.text}`.trim();
  for (const message of asked) {
    const word = { verdict: answer.verdict, level, words, by: answer.transfer };
    const isNews = yield* settleMessage(message, word, at);
    if (isNews) yield* recordFindings(answer.findings ?? [], { delivery: message.delivery }, at);
  }
}

/** What `settleAnswer` would settle, to be traced before. */
export function* answered(
  answer: Answer,
  isTest: boolean,
  limit: number,
): Unit<readonly AnsweredMessage[]> {
  const asked = yield* findAsked(answer, isTest);
  const messages: AnsweredMessage[] = [];
  for (const { seq } of asked.slice(0, limit)) {
    const row = yield* first(answeredMessage, { seq });
    if (row !== undefined) messages.push(row);
  }
  return messages;
}

/** Their word in the same exchange, for all messages of a delivery. */
export function* settleDelivery(
  delivery: string,
  answer: { verdict: 'accepted' | 'rejected'; code: string; text: string },
  at: Instant,
): Unit<void> {
  const messages = yield* all(messagesOfDelivery, { delivery });
  const words = `${answer.code} ${answer.text}`.trim();
  const word = { verdict: answer.verdict, level: 3, words, by: null };
  for (const message of messages) yield* settleMessage(message, word, at);
}

interface Word {
  readonly verdict: 'accepted' | 'rejected';
  readonly level: number;
  readonly words: string;
  readonly by: string | null;
}

/** True where it changed what is known of the message. */
function* settleMessage(message: Asked, word: Word, at: Instant): Unit<boolean> {
  // Good syntax was the transport's business; what their application says of it is news.
  const isFirst = word.level === APPLICATION && message.answer_level < APPLICATION;
  if (message.state === word.verdict && !isFirst) return false;
  // Nobody waits for it: that a group of it was accepted is no news, a rejection always is.
  if (message.state === 'none' && word.level < 3 && word.verdict === 'accepted') return false;
  const subject = `${message.delivery}/${message.control}`;
  const settled = message.state === 'accepted' || message.state === 'rejected';
  if (settled && word.level < message.answer_level) {
    if (word.by === message.answered_by) return false;
    const text = `stays ${message.state}: a general answer now says ${word.words}`;
    yield* event(at, 'outbound.contradicted', subject, text);
    return false;
  }
  if (settled && !isFirst) {
    const text = `was ${message.state} (${message.answer}), now ${word.verdict} (${word.words})`;
    yield* event(at, 'outbound.contradicted', subject, text);
  }
  yield* run(settle, { seq: message.seq, ...word });
  yield* event(at, `outbound.${word.verdict}`, subject, word.words);
  return true;
}

/** What the partner's application says of a document is its last word. */
const APPLICATION = 4;

const levelOf = (answer: Answer): number =>
  answer.document !== undefined
    ? APPLICATION
    : answer.message !== undefined
      ? 3
      : answer.group !== undefined
        ? 2
        : 1;

/** By its control numbers; an application response may name our document by its own number alone. */
function* findAsked(answer: Answer, isTest: boolean): Unit<Asked[]> {
  const found = yield* findByControl(answer);
  if (found.length > 0 || answer.document === undefined) return newestOf(found, isTest);
  return newestOf(yield* findByDocument(answer, answer.document), isTest);
}

function newestOf(found: readonly Found[], isTest: boolean): Asked[] {
  const newest = found.find(({ is_test }) => (is_test === 1) === isTest) ?? found[0];
  return found.filter(({ delivery }) => delivery === newest?.delivery).toReversed();
}

function* findByDocument(
  { standard, connector }: Answer,
  { number, kinds, message }: AnsweredDocument,
): Unit<Found[]> {
  return yield* select((db) =>
    sentTo(db, standard, connector)
      .innerJoin('document', 'document.id', 'delivery.document')
      .where('document.number', '=', number)
      .where('document.kind', 'in', kinds)
      .$if(message !== undefined, (query) =>
        query.where('outbound.message', 'like', `${standard}/%/${message}`),
      ),
  );
}

/** Of the interchange, of a group, or of one message in it. */
function* findByControl(answer: Answer): Unit<Found[]> {
  const { interchange, group, message } = answer;
  if (interchange === undefined && group === undefined && message === undefined) return [];
  return yield* select((db) =>
    sentTo(db, answer.standard, answer.connector)
      .$if(interchange !== undefined, (query) =>
        query.where(sql`ltrim(outbound.interchange, '0')`, '=', bare(interchange)),
      )
      .$if(group !== undefined, (query) =>
        query.where(sql`ltrim(outbound.functional_group, '0')`, '=', bare(group)),
      )
      .$if(message !== undefined, (query) =>
        query.where(sql`ltrim(outbound.control, '0')`, '=', bare(message)),
      ),
  );
}

/** Newest first, by way of a carrier too. */
const sentTo = (db: Kysely<Tables>, standard: string, connector: string) =>
  db
    .selectFrom('outbound')
    .innerJoin('delivery', 'delivery.id', 'outbound.delivery')
    .select([
      'outbound.seq',
      'outbound.delivery',
      'outbound.control',
      'outbound.state',
      'outbound.answered_by',
      'outbound.answer',
      'outbound.answer_level',
      'delivery.is_test',
    ])
    .where('outbound.standard', '=', standard)
    .where((where) =>
      where.or([
        where('delivery.connector', '=', connector),
        where('delivery.partner', '=', connector),
      ]),
    )
    .orderBy('outbound.seq', 'desc')
    .limit(ANSWERED_MAX);

/** More messages than one interchange of ours holds. */
const ANSWERED_MAX = 100_000;

/** Leading zeros are written by some and left out by others. */
const bare = (control: string | undefined): string => (control ?? '').replace(/^0+/, '');

function* reportUnmatched(answer: Answer, at: Instant): Unit<void> {
  const { interchange, group, message, document } = answer;
  const what = [
    document === undefined
      ? ''
      : `${document.kinds.length === 1 ? document.kinds[0] : 'document'} ${document.number}`,
    interchange === undefined ? '' : `interchange ${interchange}`,
    group === undefined ? '' : `group ${group}`,
    message === undefined ? '' : `message ${message}`,
  ].filter((part) => part !== '');
  const finding = {
    code: 'answer-unmatched',
    severity: 'warning',
    fault: 'partner',
    place: { path: what.join(' / ').slice(0, 200) },
    text:
      `${answer.connector} answered ${what.join(', ').slice(0, 200)} (${answer.verdict}), ` +
      'but no such thing was sent to them: ask them what they answered.',
  } as const;
  yield* recordFindings([finding], { transfer: answer.transfer }, at);
}

const messagesOfDelivery = statement((db, p: { delivery: string }) =>
  db
    .selectFrom('outbound')
    .select(['seq', 'delivery', 'control', 'state', 'answered_by', 'answer', 'answer_level'])
    .where('delivery', '=', p.delivery)
    .orderBy('seq'),
);

const answeredMessage = statement((db, p: { seq: number }) =>
  db
    .selectFrom('outbound')
    .innerJoin('delivery', 'delivery.id', 'outbound.delivery')
    .select([
      'outbound.delivery',
      'delivery.digest',
      'delivery.partner',
      'outbound.message',
      'outbound.control',
    ])
    .where('outbound.seq', '=', p.seq),
);

const settle = statement((db, p: Word & { seq: number }) =>
  db
    .updateTable('outbound')
    .set({ state: p.verdict, answered_by: p.by, answer: p.words, answer_level: p.level })
    .where('seq', '=', p.seq),
);
