/**
 * Inspect: what the hub would make of some bytes, without a store. The command line's validate,
 * read, translate and explain are this with different endings.
 */
import type { MappingContext, ReadResult } from '../mappings/mapping.ts';
import type { Codec } from '../model/codec.ts';
import type { Connector } from '../model/connector.ts';
import { type Finding, isError } from '../model/finding.ts';
import { type MessageType, messageKey } from '../model/message.ts';
import type { Instant } from '../model/time.ts';
import { messageTypeOf } from './check.ts';
import { contextConnector } from './context.ts';
import { decodePart } from './decode-part.ts';
import { Examination, type ExaminedInterchange, type ExaminedMessage } from './examine.ts';
import { toldOf } from './finding-budget.ts';
import type { Parts, Setup } from './parts.ts';

export interface Inspection {
  readonly parts: Pick<Parts, 'codecs' | 'limits' | 'setup'>;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Who is to have sent it; undefined asks nobody. */
  readonly connector: Connector | undefined;
  readonly messageType: MessageType | undefined;
  readonly now: Instant;
  /** Called while the content is valid; what it returns is awaited between chunks. */
  readonly onMessage: (message: ExaminedMessage) => void;
  readonly onInterchangeEnd?: (interchange: ExaminedInterchange) => void;
  readonly between?: () => Promise<void> | undefined;
}

export interface Inspected {
  readonly codec: Codec | undefined;
  readonly interchanges: readonly ExaminedInterchange[];
  readonly messages: number;
  /** Findings outside any interchange. */
  readonly findings: readonly Finding[];
}

export async function inspect(inspection: Inspection): Promise<Inspected> {
  const { parts, connector } = inspection;
  const examination = new Examination({
    setup: parts.setup(),
    connector,
    limits: parts.limits,
    now: inspection.now,
    onMessage: inspection.onMessage,
    ...(inspection.onInterchangeEnd === undefined
      ? {}
      : { onInterchangeEnd: inspection.onInterchangeEnd }),
  });
  const codec = await decodePart({
    codecs: parts.codecs,
    limits: parts.limits,
    bytes: inspection.bytes,
    messageType: inspection.messageType ?? messageTypeOf(connector, undefined),
    take: (event) => examination.take(event),
    ...(inspection.between === undefined ? {} : { between: inspection.between }),
  });
  const { interchanges, messages, findings } = examination;
  return { codec, interchanges, messages, findings };
}

/** Findings of the interchanges and groups themselves, their messages' aside. */
export function envelopeFindings(interchange: ExaminedInterchange): readonly Finding[] {
  const { own, groups } = toldOf(interchange);
  return [...own, ...groups.flat()];
}

/** The mapping that reads a message: as agreed, else its own or the nearest version's. */
export function mappingFor(setup: Setup, examined: ExaminedMessage): string | undefined {
  return examined.agreement?.mapping ?? setup.mappings.nearest(messageKey(examined.message.type));
}

/** Reads one examined message as the hub's release would; undefined where no mapping knows it. */
export function readExamined(
  setup: Setup,
  examined: ExaminedMessage,
  options: { readonly now: Instant; readonly lineage?: MappingContext['lineage'] },
): ReadResult | undefined {
  const name = mappingFor(setup, examined);
  if (name === undefined || examined.isAcknowledgement) return undefined;
  const { interchange, group, message, checked } = examined;
  const partner = interchange.partner;
  return setup.mappings.get(name).read(message, checked?.root, {
    envelope: interchange.envelope,
    ...(group?.envelope === undefined ? {} : { group: group.envelope }),
    ...(partner === undefined
      ? {}
      : { partner: contextConnector(setup, partner), connector: contextConnector(setup, partner) }),
    agreement: examined.agreement?.values ?? {},
    now: options.now,
    zone: partner?.zone ?? 'UTC',
    ...(options.lineage === undefined ? {} : { lineage: options.lineage }),
  });
}

export const hasErrors = (findings: readonly Finding[]): boolean => findings.some(isError);
