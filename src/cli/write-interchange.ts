/** A document written for a partner, or for nobody in particular, without a store. */
import type { Document } from '../documents/document.ts';
import { acknowledgements, planAcknowledgement } from '../hub/acknowledge.ts';
import type { Answering } from '../hub/answering.ts';
import { typeOf } from '../hub/check.ts';
import { contextConnector } from '../hub/context.ts';
import type { ExaminedInterchange } from '../hub/examine.ts';
import { agreementFor } from '../hub/identity.ts';
import { planDelivery } from '../hub/write.ts';
import type { Connector } from '../model/connector.ts';
import type { CounterKey } from '../model/delivery.ts';
import { type InterchangeEnvelope, type PartyId, partyIdText } from '../model/envelope.ts';
import { HubError } from '../model/errors.ts';
import { type Finding, isError } from '../model/finding.ts';
import type { Workbench } from './workbench.ts';

export interface Written {
  /** Undefined: errors kept it from being written. */
  readonly bytes: Uint8Array | undefined;
  readonly findings: readonly Finding[];
}

export function writeInterchange(
  bench: Workbench,
  document: Document,
  key: string,
  connector: Connector | undefined,
): Written {
  const setup = bench.setup();
  const type = typeOf(key);
  if (type === undefined) {
    throw new HubError('request-invalid', `"${key}" is no message: write it like x12/004010/810.`);
  }
  const partner = connector ?? nobody(setup.hub.us);
  const agreement = agreementFor(partner.outbound, type);
  const name = agreement?.mapping ?? setup.mappings.nearest(key);
  if (name === undefined) throw new HubError('not-found', `No mapping writes ${key}.`);
  const now = bench.clock.now();
  const who = contextConnector(setup, partner);
  const result = setup.mappings.get(name).write(document, {
    connector: who,
    partner: who,
    agreement: agreement?.values ?? {},
    now,
    zone: partner.zone,
  });
  if (result.findings.some(isError)) return { bytes: undefined, findings: result.findings };
  const delivery = planDelivery(bench, {
    id: 'DOCUMENT',
    partner,
    type,
    content: result.content,
    kind: 'document',
    isTest: partner.mode === 'test',
    agreement,
    like: undefined,
    document: undefined,
    transfer: undefined,
    reply: false,
  });
  const { bytes } = delivery.write(delivery.numbers.map(() => 1));
  return { bytes, findings: result.findings };
}

/** What answers an interchange, in its own separators, with the numbers that `next` gives. */
export function writeAcknowledgements(
  bench: Workbench,
  interchange: ExaminedInterchange,
  answering: Answering,
  next: (key: CounterKey) => number,
): readonly Uint8Array[] {
  const partner = interchange.partner ?? sender(interchange.envelope);
  const parts = { ...bench, makeId: () => 'ACKNOWLEDGEMENT' };
  return acknowledgements(bench.setup().standards, interchange, answering).map((made) => {
    const delivery = planAcknowledgement(parts, undefined, interchange, partner, made);
    return delivery.write(delivery.numbers.map(next)).bytes;
  });
}

/** Whoever the envelope names, as far as it does. */
function sender({ standard, sender: them, receiver: us }: InterchangeEnvelope): Connector {
  const named = (party: PartyId): Readonly<Record<string, string>> =>
    party.id === '' ? {} : { [standard]: partyIdText(party) };
  const somebody = nobody(named(us));
  return { ...somebody, ids: { ...somebody.ids, ...named(them) } };
}

/** A stand-in for a partner that is not known: the envelope is whole, the ids say what they are. */
function nobody(us: Readonly<Record<string, string>>): Connector {
  return {
    id: 'receiver',
    name: 'Receiver',
    role: 'partner',
    mode: 'live',
    ids: { x12: 'ZZ:RECEIVER', edifact: 'ZZ:RECEIVER', cxml: 'NetworkId:RECEIVER' },
    us: { x12: 'ZZ:SENDER', edifact: 'ZZ:SENDER', cxml: 'NetworkId:SENDER', ...us },
    zone: 'UTC',
    in: undefined,
    out: undefined,
    via: undefined,
    inbound: [],
    outbound: [],
    repeat: 'never',
    order: 'free',
    concurrency: 1,
    retry: { attempts: 1, firstSeconds: 1, maxSeconds: 1 },
    duplicates: { interchange: 'refuse', group: 'ignore', message: 'ignore' },
    duplicateDays: 0,
    ta1: 'asked',
    values: {},
    file: 'connectors/',
  };
}
