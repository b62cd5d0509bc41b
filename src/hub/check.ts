/**
 * Check: one streaming pass over the stored bytes of a transfer. It ends in a verdict for each
 * message, group and interchange, committed together with the acknowledgements; nothing leaves
 * before. A check that was interrupted begins again and changes nothing twice.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Answer } from '../model/answer.ts';
import type { DecodeLimits } from '../model/codec.ts';
import type { Connector } from '../model/connector.ts';
import type { NewDelivery } from '../model/delivery.ts';
import { isHubError } from '../model/errors.ts';
import { isError } from '../model/finding.ts';
import { type MessageType, messageKey } from '../model/message.ts';
import type { TransferRow } from '../model/rows.ts';
import type { CheckedMessage, Verdict } from '../model/store.ts';
import { acknowledgementsFor } from './acknowledge.ts';
import { answeringOf } from './answering.ts';
import { readAnswers } from './answers.ts';
import { unanswerable } from './contrl-answer.ts';
import { cxmlRefusal } from './cxml-answer.ts';
import { decodePart } from './decode-part.ts';
import { DuplicateJudge } from './duplicates.ts';
import { Examination, type ExaminedMessage } from './examine.ts';
import { LevelLimit } from './level-limit.ts';
import type { Parts } from './parts.ts';
import { StraightThrough } from './straight-through.ts';
import { traceAnswers } from './trace-answers.ts';
import {
  cannotAcknowledge,
  checkedInterchange,
  checkFailed,
  connectorGone,
  overrule,
  reasonOf,
  tooMuch,
} from './verdict.ts';

/** Messages told to the store at a time, so that memory does not grow with the interchange. */
const BATCH = 500;
/** A check of many chunks holds everybody else up for no longer than this and one chunk. */
const TURN_MS = 20;

/** Checks a received transfer and commits its verdict. */
export async function check(parts: Parts, transferId: string): Promise<void> {
  const transfer = parts.justIn.take(transferId) ?? (await toBegin(parts, transferId));
  if (transfer === undefined) return;
  const connector = parts.setup().connector(transfer.connector);
  if (connector === undefined) {
    await parts.store.recordVerdict(connectorGone(transfer, parts.clock.now()));
    return;
  }
  const straight = new StraightThrough(parts, transfer, connector);
  const judged = await judge(parts, transfer, connector, straight);
  const onward = await straight.onward(judged);
  const verdict = await record(parts, transfer, { ...judged, onward });
  parts.log('info', `transfer ${verdict.state}`, {
    transfer: transferId,
    ...(verdict.reason === undefined ? {} : { reason: verdict.reason }),
  });
  if (verdict.state === 'checked' && verdict.onward === undefined) {
    parts.queue.wake('release', transferId);
  }
  for (const connector of new Set(deliveriesOf(verdict).map((made) => made.connector))) {
    parts.queue.wake('deliver', connector);
  }
}

const deliveriesOf = ({ acknowledgements, onward }: Verdict): readonly NewDelivery[] => [
  ...acknowledgements,
  ...(onward?.dispatches ?? []).flatMap(({ deliveries }) => deliveries),
];

/** A transfer without a verdict, once what an interrupted check left of it is forgotten. */
async function toBegin(parts: Parts, id: string): Promise<TransferRow | undefined> {
  const transfer = await parts.store.transfer(id);
  if (transfer?.state !== 'received') return undefined;
  await parts.store.beginCheck(id);
  return transfer;
}

/** A fault of the hub on one transfer must not come back every few seconds: it waits for a person. */
async function judge(
  parts: Parts,
  transfer: TransferRow,
  connector: Connector,
  straight: StraightThrough,
): Promise<Verdict> {
  const pass = new CheckPass(parts, transfer, connector, straight);
  try {
    for (const part of transfer.parts) await pass.part(part.index);
    return await pass.verdict();
  } catch (error) {
    if (!isHubError(error) || error.retry !== 'permanent') throw error;
    if (error.code === 'too-large') {
      await parts.store.beginCheck(transfer.id);
      return tooMuch(transfer, parts.clock.now(), error.message);
    }
    parts.log('error', 'a transfer could not be checked', {
      transfer: transfer.id,
      reason: error.cause instanceof Error ? error.cause.stack : error.message,
    });
    await parts.store.beginCheck(transfer.id);
    return checkFailed(transfer, parts.clock.now(), error.message);
  }
}

/** A verdict whose acknowledgement cannot be written is none: the transfer waits for a person. */
async function record(parts: Parts, transfer: TransferRow, verdict: Verdict): Promise<Verdict> {
  try {
    if (verdict.onward !== undefined) parts.faultPoint('release');
    await parts.store.recordVerdict(verdict);
    if (verdict.onward !== undefined) parts.faultPoint('release');
    return verdict;
  } catch (error) {
    if (!isHubError(error) || error.retry !== 'permanent') throw error;
    // Perhaps it is only what was made of it that cannot be written: its own step says so then.
    if (verdict.onward !== undefined) {
      return record(parts, transfer, { ...verdict, onward: undefined });
    }
    await parts.store.beginCheck(transfer.id);
    const instead = cannotAcknowledge(transfer, parts.clock.now(), error.message);
    await parts.store.recordVerdict(instead);
    return instead;
  }
}

/** Where an answer stood; not its message, whose content is gone by then. */
type Origin = Pick<ExaminedMessage, 'interchange' | 'group'>;

/** The state of one pass: what is still to be told to the store, and what was counted. */
class CheckPass {
  readonly #parts: Parts;
  readonly #transfer: TransferRow;
  readonly #connector: Connector;
  readonly #examination: Examination;
  readonly #answers: { readonly answer: Answer; readonly of: Origin }[] = [];
  readonly #duplicates: DuplicateJudge;
  readonly #limit = new LevelLimit();
  #batch: CheckedMessage[] = [];
  #accepted = 0;
  #answered = 0;
  #isCxml = false;
  #turnAt: number;

  constructor(
    parts: Parts,
    transfer: TransferRow,
    connector: Connector,
    straight: StraightThrough,
  ) {
    this.#parts = parts;
    this.#transfer = transfer;
    this.#connector = connector;
    this.#turnAt = parts.clock.monotonic();
    this.#examination = new Examination({
      setup: parts.setup(),
      connector,
      limits: parts.limits,
      now: transfer.receivedAt,
      onMessage: (message) => {
        straight.add(message);
        this.#message(message);
      },
    });
    const { interchanges } = this.#examination;
    this.#duplicates = new DuplicateJudge(parts, transfer, connector, interchanges);
  }

  get messages(): number {
    return this.#examination.messages;
  }

  async part(index: number): Promise<void> {
    const part = this.#transfer.parts[index];
    if (part === undefined) return;
    this.#examination.beginPart(index);
    const codec = await decodePart({
      codecs: this.#parts.codecs,
      limits: this.#limits(),
      bytes: this.#parts.store.bytes(part.digest),
      messageType: messageTypeOf(this.#connector, this.#transfer.headers['message-type']),
      take: (event) => {
        this.#limit.count(event);
        this.#examination.take(event);
      },
      between: () => this.#between(),
    });
    this.#isCxml ||= codec?.name === 'cxml';
  }

  /** Between chunks: writes what was found, and lets others have their turn. */
  #between(): Promise<void> | undefined {
    if (this.#batch.length >= BATCH) return this.#flush();
    const now = this.#parts.clock.monotonic();
    if (now - this.#turnAt < TURN_MS) return undefined;
    this.#turnAt = now;
    return nextTurn();
  }

  /** The hub's, or the connector's where those are lower. */
  #limits(): DecodeLimits {
    const { limits } = this.#parts;
    const own = this.#connector.limits?.messageBytes ?? limits.messageBytes;
    return { ...limits, messageBytes: Math.min(limits.messageBytes, own) };
  }

  async verdict(): Promise<Verdict> {
    await this.#duplicates.messages(this.#batch);
    await this.#duplicates.interchanges();
    const interchanges = this.#examination.interchanges;
    for (const one of interchanges) {
      one.findings.push(...unanswerable(one, answeringOf(one.partner ?? this.#connector)));
    }
    const overruled = interchanges.flatMap(overrule);
    const goesOn = this.#goesOn();
    const state = goesOn ? 'checked' : this.#isAnswer() ? 'released' : 'quarantined';
    const isTest =
      interchanges.some(({ envelope }) => envelope.isTest) || this.#connector.mode === 'test';
    return {
      transfer: this.#transfer.id,
      at: this.#parts.clock.now(),
      state,
      reason: state === 'quarantined' ? reasonOf(this.#examination) : undefined,
      isTest,
      interchanges: interchanges.map((one) =>
        checkedInterchange(one, this.#duplicates.isTest(one)),
      ),
      messages: this.#batch,
      overruled,
      numbers: this.#duplicates.numbers(),
      findings: this.#examination.findings,
      acknowledgements: this.#acknowledgements(),
      answers: await traceAnswers(this.#parts, this.#answersThatStand(), isTest),
    };
  }

  #acknowledgements(): readonly NewDelivery[] {
    const { interchanges, findings } = this.#examination;
    if (this.#isCxml && interchanges.length === 0) {
      return [cxmlRefusal(this.#parts, this.#transfer, this.#connector, findings[0])];
    }
    return interchanges.flatMap((interchange) =>
      acknowledgementsFor(this.#parts, this.#transfer, interchange, this.#connector),
    );
  }

  /** Whether any message may be released once its interchange's faults are counted. */
  #goesOn(): boolean {
    return (
      this.#accepted > 0 &&
      this.#examination.interchanges.some(
        ({ state, groups }) =>
          state === 'accepted' &&
          groups.some(
            (group) =>
              !group.findings.some(isError) &&
              group.outcomes.some((outcome) => outcome.state === 'accepted'),
          ),
      )
    );
  }

  /** Acknowledgements are done with once their answers are read, where their interchange stands. */
  #isAnswer(): boolean {
    return (
      this.#answered > 0 && this.#examination.interchanges.some(({ state }) => state === 'accepted')
    );
  }

  #message(examined: ExaminedMessage): void {
    const { message, interchange, group, agreement, state } = examined;
    if (state === 'accepted') this.#accepted += 1;
    if (examined.isAcknowledgement && state === 'released') this.#answer(examined);
    this.#batch.push({
      index: examined.index,
      part: interchange.part,
      interchange: interchange.index,
      group: group === undefined ? -1 : group.index,
      message: messageKey(message.type),
      association: message.type.association,
      control: message.control,
      start: message.start,
      end: message.end,
      partner: interchange.partner?.id,
      mapping: agreement?.mapping,
      state,
      findings: examined.told,
    });
    this.#duplicates.take(examined, this.#batch.length - 1);
  }

  #answer(examined: ExaminedMessage): void {
    this.#answered += 1;
    const { interchange, group } = examined;
    const of = { interchange, group };
    for (const answer of readAnswers(examined, this.#transfer.id)) {
      this.#answers.push({ answer, of });
    }
  }

  /** The end of an interchange or group may overrule what stood in it: that answers nothing. */
  #answersThatStand(): readonly Answer[] {
    return this.#answers.flatMap(({ answer, of: { interchange, group } }) =>
      interchange.state === 'accepted' && group?.findings.some(isError) !== true ? [answer] : [],
    );
  }

  async #flush(): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    await this.#duplicates.messages(batch);
    await this.#parts.store.recordMessages(this.#transfer.id, batch);
  }
}

/** JSON and CSV do not say what they are: the transport's header does, or the only agreement. */
export function messageTypeOf(
  connector: Connector | undefined,
  told: string | undefined,
): MessageType | undefined {
  if (told !== undefined) return typeOf(told);
  const only = connector?.inbound;
  return only?.length === 1 ? only[0]?.message : undefined;
}

/** Reads `json/erp/invoice`; a key of another shape is of no codec and becomes a finding there. */
export function typeOf(key: string): MessageType | undefined {
  const [standard, version, name, more] = key.split('/');
  if (!standard || !version || !name || more !== undefined) return undefined;
  return { standard, version, name };
}
