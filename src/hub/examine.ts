/**
 * Examine: one streaming pass from codec events to verdicts, without a store. The hub's check and
 * the command line's validate, read and explain all stand on it. The transport says who is
 * *authenticated*, the envelope who is *meant*; both must be the same, or the meant one names the
 * authenticated one in `via:`.
 */

import type { CodecEvent } from '../model/codec.ts';
import type { Agreement, Connector } from '../model/connector.ts';
import type { GroupEnvelope, InterchangeEnvelope } from '../model/envelope.ts';
import { type Finding, isError } from '../model/finding.ts';
import {
  cutOf,
  defaultFindingLimits,
  type FindingLimits,
  findingsCut,
  nothingCut,
} from '../model/findings-cut.ts';
import type { Message, Segments } from '../model/message.ts';
import type { MessageState } from '../model/states.ts';
import type { Instant } from '../model/time.ts';
import { isAcknowledgement } from '../standards/acknowledge/kinds.ts';
import { conventionOf, ownIdentifier } from '../standards/acknowledge/message-identifier.ts';
import type { Checked } from '../standards/definition.ts';
import {
  checkGroupHeader,
  checkInterchangeHeader,
  isOfParty,
} from '../standards/envelope/check-envelope.ts';
import { isOfGroup, kindFindings } from '../standards/envelope/group-kind.ts';
import type { EnvelopePolicy } from '../standards/envelope/header-findings.ts';
import { mixedFindings } from '../standards/envelope/mixed-levels.ts';
import { RepeatedNumbers } from '../standards/envelope/repeated-numbers.ts';
import { groupTakenAlong, isTaken, type Taint, taintOf, takenAlong } from './error-policy.ts';
import { boundMessage, FindingBudget, type Left } from './finding-budget.ts';
import { agreementFor, identify } from './identity.ts';
import { judge } from './judge.ts';
import type { Setup } from './parts.ts';
import { policyOf } from './policy.ts';
import { tolerated } from './tolerated.ts';
import { interchangeEmpty, isFaulty, notAgreed, versionUnknown } from './walk-findings.ts';

export interface ExaminedMessage {
  readonly message: Message;
  /** Position in the transfer over all parts, from 0. */
  readonly index: number;
  /** Undefined for trees, and where no dictionary knows the message. */
  readonly checked: Checked | undefined;
  readonly interchange: ExaminedInterchange;
  readonly group: ExaminedGroup | undefined;
  readonly agreement: Agreement | undefined;
  readonly isAcknowledgement: boolean;
  readonly findings: readonly Finding[];
  /** Those that are told: an interchange of many faults tells the first, and how many more. */
  readonly told: readonly Finding[];
  readonly state: MessageState;
}

/** What is kept of a message when its content is gone: enough to acknowledge it. */
export interface MessageOutcome {
  readonly type: Message['type'];
  readonly control: string;
  readonly state: MessageState;
  readonly findings: readonly Finding[];
  /** UNH S009 as received, where the type does not say it all. */
  readonly identifier?: readonly string[];
  /** ST03 as received. */
  readonly convention?: string;
}

export interface ExaminedGroup {
  readonly index: number;
  readonly envelope: GroupEnvelope | undefined;
  /** Index of its first message in the transfer. */
  readonly from: number;
  readonly outcomes: MessageOutcome[];
  readonly findings: Finding[];
  /** What the trailer counted. */
  counted: number | undefined;
  /** A bad message that takes the others along. */
  taint: Taint | undefined;
  end: number;
  /** It waits for a person, with all its messages. */
  isHeld?: true;
}

export interface ExaminedInterchange {
  readonly index: number;
  readonly part: number;
  readonly envelope: InterchangeEnvelope;
  readonly partner: Connector | undefined;
  readonly from: number;
  readonly groups: ExaminedGroup[];
  readonly findings: Finding[];
  /** Nothing of it may be believed: the sender is not who he says, or the receiver not us. */
  readonly quarantined: boolean;
  end: number;
  messages: number;
  /** What its messages left of the room for findings. */
  left: Left;
  /** A bad message that takes all others along. */
  taint: Taint | undefined;
  /** Set when a fault of its envelope or trailers overrules its messages. */
  state: 'accepted' | 'rejected' | 'held';
}

export interface ExamineOptions {
  readonly setup: Setup;
  /** The authenticated connector; undefined examines without asking who sent it. */
  readonly connector: Connector | undefined;
  /** Called while the message's content is valid. */
  readonly onMessage: (message: ExaminedMessage) => void;
  readonly onInterchangeEnd?: (interchange: ExaminedInterchange) => void;
  /** When it came: dates of its envelopes that are years away are told. */
  readonly now?: Instant;
  /** How many findings are told; by default as in a config/hub.yaml that says nothing. */
  readonly limits?: FindingLimits;
}

/** So many findings are kept in full until their acknowledgement is written. */
const TOLD_MAX = 20_000;
const NONE: readonly Finding[] = [];

export class Examination {
  readonly interchanges: ExaminedInterchange[] = [];
  /** Messages seen so far, over all parts. */
  messages = 0;
  readonly #options: ExamineOptions;
  readonly #limits: FindingLimits;
  readonly #budget: FindingBudget;
  readonly #numbers = new RepeatedNumbers();
  readonly #outside: Finding[] = [];
  #policy: EnvelopePolicy = {};
  #outsideCut = nothingCut;
  #toldFindings = 0;
  #part = 0;
  #interchange: ExaminedInterchange | undefined;
  #group: ExaminedGroup | undefined;

  constructor(options: ExamineOptions) {
    this.#options = options;
    this.#limits = options.limits ?? defaultFindingLimits;
    this.#budget = new FindingBudget(this.#limits);
  }

  /** Findings about bytes that belong to no interchange. */
  get findings(): readonly Finding[] {
    if (this.#outsideCut.count === 0) return this.#outside;
    const place = { path: 'file' };
    return [...this.#outside, findingsCut(this.#outsideCut, place, 'the bytes between')];
  }

  /** Tells that the events that follow are of the next part. */
  beginPart(part: number): void {
    this.#part = part;
  }

  take(event: CodecEvent): void {
    switch (event.is) {
      case 'interchange':
        this.#openInterchange(event.envelope, event.header);
        break;
      case 'group':
        this.#openGroup(event.group, event.header);
        break;
      case 'message':
        this.#message(event.message, event.findings);
        break;
      case 'groupEnd':
        this.#closeGroup(event.counted, event.findings, event.end);
        break;
      case 'interchangeEnd':
        this.#closeInterchange(event.end, event.findings);
        break;
      case 'outside':
        for (const finding of event.findings) this.#tellOutside(finding);
        break;
    }
  }

  #tellOutside(finding: Finding): void {
    if (this.#outside.length < this.#limits.interchangeFindings) this.#outside.push(finding);
    else this.#outsideCut = cutOf([finding], this.#outsideCut);
  }

  #openInterchange(envelope: InterchangeEnvelope, header: Segments | undefined): void {
    const { setup, connector } = this.#options;
    const identity = identify(setup, connector, envelope);
    const severities = identity.partner?.tolerance;
    const { service } = setup.standards;
    this.#policy = { severities, service, now: this.#options.now };
    this.#numbers.beginInterchange();
    // An id that is nobody's is told once.
    const ofHeader = checkInterchangeHeader(header, envelope, this.#policy).filter(
      (finding) => identity.findings.length === 0 || !isOfParty(finding),
    );
    this.#interchange = {
      index: this.interchanges.length,
      part: this.#part,
      envelope,
      partner: identity.partner,
      from: this.messages,
      groups: [],
      findings: [...identity.findings, ...ofHeader],
      quarantined: identity.findings.some(isError),
      end: envelope.start,
      messages: 0,
      left: { room: 0, cut: nothingCut },
      taint: undefined,
      state: identity.findings.some(isError) ? 'held' : 'accepted',
    };
    this.#group = undefined;
  }

  #openGroup(envelope: GroupEnvelope | undefined, header?: Segments): void {
    const interchange = this.#open();
    const findings = envelope === undefined ? [] : this.#judgeGroup(envelope, header);
    this.#group = {
      index: interchange.groups.length,
      envelope,
      from: this.messages,
      outcomes: [],
      findings,
      counted: undefined,
      taint: undefined,
      end: envelope?.start ?? interchange.envelope.start,
    };
    interchange.groups.push(this.#group);
  }

  #judgeGroup(envelope: GroupEnvelope, header: Segments | undefined): Finding[] {
    return [
      ...checkGroupHeader(header, envelope, this.#open().envelope, this.#policy),
      ...this.#numbers.beginGroup(header, envelope, this.#policy.severities),
    ];
  }

  #message(message: Message, codecFindings: readonly Finding[]): void {
    const interchange = this.#open();
    if (this.#group === undefined) this.#openGroup(undefined);
    const group = this.#group as ExaminedGroup;
    const examined = this.#examine(message, codecFindings, interchange, group);
    const { type, control } = message;
    const identifier = ownIdentifier(message);
    const convention = conventionOf(message);
    group.outcomes.push({
      type: { ...type },
      control,
      state: examined.state,
      findings: this.#worthTelling(examined.findings),
      ...(identifier === undefined ? {} : { identifier }),
      ...(convention === '' ? {} : { convention }),
    });
    this.#taint(examined, group);
    this.messages += 1;
    interchange.messages += 1;
    this.#options.onMessage(examined);
  }

  /** Messages in no group have only their interchange to take along. */
  #taint({ agreement, interchange }: ExaminedMessage, group: ExaminedGroup): void {
    const taint = taintOf(group.outcomes.at(-1) as MessageOutcome, agreement);
    if (taint === undefined) return;
    if (taint.rejects === 'interchange' || group.envelope === undefined) {
      interchange.taint ??= { ...taint, rejects: 'interchange' };
    } else group.taint ??= taint;
  }

  /** Of a flood of faults, the first error of each message says enough to acknowledge it. */
  #worthTelling(all: readonly Finding[]): readonly Finding[] {
    const told = all.filter((finding) => finding.severity !== 'info');
    const kept = this.#toldFindings < TOLD_MAX ? told : told.filter(isError).slice(0, 1);
    this.#toldFindings += kept.length;
    return kept.length === 0 ? NONE : kept;
  }

  #examine(
    message: Message,
    codecFindings: readonly Finding[],
    interchange: ExaminedInterchange,
    group: ExaminedGroup,
  ): ExaminedMessage {
    const acknowledgement = isAcknowledgement(message.type);
    const partner = interchange.partner;
    const agreement =
      partner === undefined ? undefined : agreementFor(partner.inbound, message.type);
    const findings: Finding[] = [
      ...tolerated(codecFindings, partner),
      ...this.#numbers.message(message, this.#policy.severities),
    ];
    const isWanted = agreement !== undefined || this.#options.connector !== undefined;
    const checked = this.#check(message, { partner, agreement }, findings, isWanted);
    if (checked !== undefined) this.#judgeKind(group, checked);
    const agreed =
      agreement !== undefined || acknowledgement || this.#options.connector === undefined;
    if (!agreed && partner !== undefined) findings.push(notAgreed(message, partner));
    const state = stateOf(findings, interchange, agreed, agreement);
    const bounded = boundMessage(message, findings, this.#limits);
    return {
      message,
      index: this.messages,
      checked,
      interchange,
      group: group.envelope === undefined ? undefined : group,
      agreement,
      isAcknowledgement: acknowledgement,
      findings: bounded,
      told: this.#budget.admit(bounded),
      state: state === 'accepted' && acknowledgement ? 'released' : state,
    };
  }

  #judgeKind({ envelope, findings }: ExaminedGroup, { definition }: Checked): void {
    if (envelope === undefined || isOfGroup(definition, envelope)) return;
    if (findings.some(({ code }) => code === 'group-kind')) return;
    findings.push(...kindFindings(definition, envelope, this.#policy.severities));
  }

  /** Adds what the standard and the partner's rules find; trees have no dictionary. */
  #check(
    message: Message,
    { partner, agreement }: { partner: Connector | undefined; agreement: Agreement | undefined },
    findings: Finding[],
    isWanted: boolean,
  ): Checked | undefined {
    if (message.content.form !== 'segments') return undefined;
    const { setup } = this.#options;
    const checked = judge(setup, message, agreement, policyOf(partner, this.#limits));
    if (checked !== undefined) findings.push(...checked.findings);
    else findings.push(versionUnknown(message, setup.standards.installed(), isWanted));
    return checked;
  }

  #closeGroup(counted: number | undefined, findings: readonly Finding[], end: number): void {
    const group = this.#group;
    if (group === undefined) return;
    group.counted = counted;
    group.end = end;
    const told = tolerated(findings, this.#open().partner);
    group.findings.push(...told, ...groupTakenAlong(group));
    this.#group = undefined;
  }

  #closeInterchange(end: number, findings: readonly Finding[]): void {
    const interchange = this.#open();
    const { envelope, groups, partner } = interchange;
    const told = tolerated(findings, partner);
    const mixed = mixedFindings(envelope, groups, this.#policy.severities);
    interchange.findings.push(...told, ...mixed, ...takenAlong(interchange));
    if (interchange.messages === 0 && !isFaulty(interchange))
      interchange.findings.push(interchangeEmpty(interchange, end));
    interchange.end = end;
    interchange.left = this.#budget.endInterchange();
    if (!interchange.quarantined && interchange.findings.some(isError))
      interchange.state = 'rejected';
    this.interchanges.push(interchange);
    this.#interchange = undefined;
    this.#group = undefined;
    this.#options.onInterchangeEnd?.(interchange);
  }

  #open(): ExaminedInterchange {
    if (this.#interchange === undefined) throw new Error('a codec spoke of no open interchange');
    return this.#interchange;
  }
}

function stateOf(
  findings: readonly Finding[],
  interchange: ExaminedInterchange,
  agreed: boolean,
  agreement: Agreement | undefined,
): MessageState {
  if (interchange.quarantined) return 'held';
  if (!agreed) return 'held';
  return isTaken(findings, agreement) ? 'accepted' : 'rejected';
}
