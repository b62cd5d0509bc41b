/**
 * Judges control numbers that come again, in the store and within this transfer: of interchanges
 * (ISA13, UNB 0020), of groups (GS06, UNG 0048) and of messages (ST02, UNH 0062), each as the
 * partner's file decides. Of what is repeated as a whole its parts are not told as well. What was
 * rejected was not taken: it may come again corrected.
 */
import { createHash } from 'node:crypto';
import type { Connector, DuplicatePolicy } from '../model/connector.ts';
import { type GroupEnvelope, partyIdText } from '../model/envelope.ts';
import { isError, type Place } from '../model/finding.ts';
import type { TransferRow } from '../model/rows.ts';
import type {
  BlobRange,
  CheckedMessage,
  ControlNumberKey,
  SeenNumber,
  TakenNumber,
} from '../model/store.ts';
import { later } from '../model/zoned.ts';
import { duplicateFinding, type Repeat } from './duplicate-findings.ts';
import type { ExaminedGroup, ExaminedInterchange, ExaminedMessage } from './examine.ts';
import type { Parts } from './parts.ts';

const DAY_MS = 86_400_000;

/** A message whose number must not come again, until its batch is judged. */
interface Waiting {
  readonly interchange: ExaminedInterchange;
  readonly group: ExaminedGroup;
  /** Where it stands in its batch. */
  readonly position: number;
}

/** What was taken in this transfer: it counts as long as what holds it is not rejected. */
interface Taken {
  readonly number: TakenNumber;
  readonly interchange: ExaminedInterchange;
  readonly group: ExaminedGroup | undefined;
}

export class DuplicateJudge {
  readonly #store: Parts['store'];
  readonly #now: string;
  readonly #transfer: TransferRow;
  readonly #connector: Connector;
  /** Those that ended, in their order; it grows while the transfer is read. */
  readonly #interchanges: readonly ExaminedInterchange[];
  /** Of each interchange judged so far, by index: where its number was seen. */
  readonly #earlier = new Map<number, SeenNumber | undefined>();
  readonly #taken = new Map<string, Taken>();
  #waiting: Waiting[] = [];

  constructor(
    parts: Pick<Parts, 'store' | 'clock'>,
    transfer: TransferRow,
    connector: Connector,
    interchanges: readonly ExaminedInterchange[],
  ) {
    this.#store = parts.store;
    this.#now = parts.clock.now();
    this.#transfer = transfer;
    this.#connector = connector;
    this.#interchanges = interchanges;
  }

  /** Remembers a message, if its partner agreed that its number is unique. */
  take(
    { interchange, isAcknowledgement, state, message }: ExaminedMessage,
    position: number,
  ): void {
    const decision = interchange.partner?.duplicates.message ?? 'ignore';
    if (decision === 'ignore' || isAcknowledgement) return;
    const group = interchange.groups.at(-1);
    if (state !== 'accepted' || message.control === '' || group === undefined) return;
    this.#waiting.push({ interchange, group, position });
  }

  /** Judges the messages taken since the last call: changes what is to be recorded of them. */
  async messages(batch: CheckedMessage[]): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { interchange, group, position } of waiting) {
      const checked = batch[position];
      const { partner } = interchange;
      if (checked === undefined || partner === undefined) continue;
      if ((await this.#earlierThan(interchange)) !== undefined) continue;
      const number = messageNumber(this.#key(interchange), checked);
      const { index, start, end } = checked;
      const bytes = this.#bytes(interchange, start, end);
      const earlier = await this.#find({ ...number, index, bytes }, interchange, group);
      if (earlier === undefined) continue;
      const name = `${nameOf(checked)} ${checked.control}`;
      const repeat = await this.#repeat(number, { name, place: placeOf(checked), earlier, bytes });
      batch[position] = decideMessage(checked, group, repeat, partner);
    }
  }

  /** Judges interchanges and groups, when all was read. */
  async interchanges(): Promise<void> {
    for (const interchange of this.#interchanges) {
      const earlier = await this.#earlierThan(interchange);
      const { partner, envelope, end } = interchange;
      if (partner === undefined) continue;
      if (earlier === undefined) {
        await this.#groups(interchange, partner);
        continue;
      }
      const name = `interchange ${envelope.control}`.slice(0, 100);
      const place = { path: name, start: envelope.start };
      const bytes = this.#bytes(interchange, envelope.start, end);
      const number = this.#interchangeNumber(interchange);
      const repeat = await this.#repeat(number, { name, place, earlier, bytes });
      decideInterchange(interchange, repeat, partner);
    }
  }

  /** Numbers of groups and messages that were taken. */
  numbers(): readonly TakenNumber[] {
    return [...this.#taken.values()]
      .filter((taken) => taken.number.level !== 'interchange' && stands(taken))
      .map(({ number }) => number);
  }

  isTest(interchange: ExaminedInterchange): boolean {
    const { envelope, partner } = interchange;
    return envelope.isTest || this.#connector.mode === 'test' || partner?.mode === 'test';
  }

  /** Earlier interchanges of the transfer are judged first: the first of two is the one taken. */
  async #earlierThan(interchange: ExaminedInterchange): Promise<SeenNumber | undefined> {
    if (this.#earlier.has(interchange.index)) return this.#earlier.get(interchange.index);
    const before = this.#interchanges.slice(this.#earlier.size, interchange.index);
    for (const one of [...before, interchange]) {
      this.#earlier.set(one.index, await this.#lookUp(one));
    }
    return this.#earlier.get(interchange.index);
  }

  async #lookUp(interchange: ExaminedInterchange): Promise<SeenNumber | undefined> {
    const { envelope, partner, quarantined, index } = interchange;
    if (partner === undefined || quarantined || envelope.sender.id === '') return undefined;
    if (partner.duplicates.interchange === 'ignore' || envelope.control === '') return undefined;
    const bytes = this.#bytes(interchange, envelope.start, envelope.start);
    const number = { ...this.#interchangeNumber(interchange), index, bytes };
    return await this.#find(number, interchange, undefined);
  }

  #interchangeNumber(interchange: ExaminedInterchange): ControlNumberKey {
    const { control } = interchange.envelope;
    return { ...this.#key(interchange), level: 'interchange', scope: '', control };
  }

  async #groups(interchange: ExaminedInterchange, partner: Connector): Promise<void> {
    if (partner.duplicates.group === 'ignore' || interchange.state === 'rejected') return;
    for (const group of interchange.groups) {
      const { envelope, index, end, findings } = group;
      if (envelope === undefined || envelope.control === '' || findings.some(isError)) continue;
      const number = groupNumber(this.#key(interchange), envelope);
      const bytes = this.#bytes(interchange, envelope.start, end);
      const earlier = await this.#find({ ...number, index, bytes }, interchange, group);
      if (earlier === undefined) continue;
      const name = `group ${envelope.control}`.slice(0, 100);
      const place = { path: name, start: envelope.start };
      const repeat = await this.#repeat(number, { name, place, earlier, bytes });
      decideGroup(group, repeat, partner);
    }
  }

  /** Where a number was seen before; a new one is taken. */
  async #find(
    number: TakenNumber,
    interchange: ExaminedInterchange,
    group: ExaminedGroup | undefined,
  ): Promise<SeenNumber | undefined> {
    const { level, standard, sender, receiver, isTest, scope, control } = number;
    const text = JSON.stringify([level, standard, sender, receiver, isTest, scope, control]);
    const mine = this.#taken.get(text);
    // Twice in one group, or two groups in one interchange, is a fault of its own.
    const isOther = level === 'message' ? mine?.group !== group : mine?.interchange !== interchange;
    if (mine !== undefined && isOther && stands(mine)) return this.#own(mine);
    const days = interchange.partner?.duplicateDays ?? 0;
    const { index, bytes, ...key } = number;
    const search = { ...key, since: later(this.#now, -days * DAY_MS), transfer: this.#transfer.id };
    const [earlier] = await this.#store.findDuplicates([search]);
    if (earlier === undefined) this.#taken.set(text, { number, interchange, group });
    return earlier;
  }

  async #repeat(
    { level, control }: ControlNumberKey,
    of: Pick<Repeat, 'name' | 'place' | 'earlier'> & { readonly bytes: BlobRange },
  ): Promise<Repeat> {
    const { name, place, earlier } = of;
    const isSame = await this.#isSame(earlier.bytes, of.bytes);
    return { level, control, name, place, earlier, isSame, transfer: this.#transfer.id };
  }

  /** An interchange was taken before its end was known. */
  #own({ number, interchange }: Taken): SeenNumber {
    const { id: transfer, receivedAt } = this.#transfer;
    const { index, level } = number;
    const bytes =
      level === 'interchange'
        ? this.#bytes(interchange, interchange.envelope.start, interchange.end)
        : number.bytes;
    return { transfer, index, receivedAt, bytes };
  }

  async #isSame(one: BlobRange | undefined, other: BlobRange): Promise<boolean | undefined> {
    if (one === undefined) return undefined;
    if (one.end - one.start !== other.end - other.start) return false;
    if (one.digest === other.digest && one.start === other.start) return true;
    return (await this.#digest(one)) === (await this.#digest(other));
  }

  async #digest({ digest, start, end }: BlobRange): Promise<string> {
    const hash = createHash('sha256');
    for await (const chunk of this.#store.bytes(digest, { start, end })) hash.update(chunk);
    return hash.digest('hex');
  }

  #key(interchange: ExaminedInterchange): NumberedBy {
    const { standard, sender, receiver } = interchange.envelope;
    return {
      standard,
      sender: partyIdText(sender),
      receiver: partyIdText(receiver),
      isTest: this.isTest(interchange),
    };
  }

  #bytes({ part }: ExaminedInterchange, start: number, end: number): BlobRange {
    return { digest: this.#transfer.parts[part]?.digest ?? '', start, end };
  }
}

type NumberedBy = Pick<ControlNumberKey, 'standard' | 'sender' | 'receiver' | 'isTest'>;

/** Partners count each kind of message apart, or all together: the name tells both right. */
const messageNumber = (by: NumberedBy, checked: CheckedMessage): ControlNumberKey => ({
  ...by,
  level: 'message',
  scope: nameOf(checked),
  control: checked.control,
});

/** GS06 is a number (N0): 1 and 001 are one. */
const groupNumber = (by: NumberedBy, group: GroupEnvelope): ControlNumberKey => ({
  ...by,
  level: 'group',
  scope: JSON.stringify([group.functionalId, group.sender, group.receiver]),
  control: by.standard === 'x12' ? group.control.replace(/^0+(?=\d)/, '') : group.control,
});

const nameOf = ({ message }: CheckedMessage): string => message.split('/').at(-1) ?? message;

const placeOf = (checked: CheckedMessage): Place => ({
  path: `${nameOf(checked)} ${checked.control}`.slice(0, 100),
  message: checked.control,
  start: checked.start,
  end: checked.end,
});

/** Not rejected by its own faults, nor by those of what holds it. */
const stands = ({ interchange, group }: Taken): boolean =>
  interchange.state !== 'rejected' && group?.findings.some(isError) !== true;

function decideInterchange(
  interchange: ExaminedInterchange,
  repeat: Repeat,
  partner: Connector,
): void {
  const decision = partner.duplicates.interchange;
  interchange.findings.push(duplicateFinding(repeat, partner));
  if (decision === 'refuse') interchange.state = 'rejected';
  if (decision === 'hold') interchange.state = 'held';
}

/** A refused group is rejected by its finding; a held one waits with all its messages. */
function decideGroup(group: ExaminedGroup, repeat: Repeat, partner: Connector): void {
  group.findings.push(duplicateFinding(repeat, partner));
  if (partner.duplicates.group !== 'hold') return;
  group.isHeld = true;
  for (const [index, outcome] of group.outcomes.entries()) {
    group.outcomes[index] = { ...outcome, state: 'held' };
  }
}

function decideMessage(
  checked: CheckedMessage,
  group: ExaminedGroup,
  repeat: Repeat,
  partner: Connector,
): CheckedMessage {
  const finding = duplicateFinding(repeat, partner);
  const state = stateBy[partner.duplicates.message];
  const index = checked.index - group.from;
  const outcome = group.outcomes[index];
  if (outcome !== undefined) {
    group.outcomes[index] = { ...outcome, state, findings: [...outcome.findings, finding] };
  }
  return { ...checked, state, findings: [...checked.findings, finding] };
}

const stateBy: Readonly<Record<DuplicatePolicy['message'], CheckedMessage['state']>> = {
  refuse: 'rejected',
  hold: 'held',
  accept: 'accepted',
  ignore: 'accepted',
};
