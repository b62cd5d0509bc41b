/** Route: a pure function from a document to its destinations. Nothing matched is said aloud. */
import type { Document } from '../documents/document.ts';
import type { Agreement, Connector } from '../model/connector.ts';
import type { Finding } from '../model/finding.ts';
import { messageKey } from '../model/message.ts';
import type { Setup } from './parts.ts';
import { responseAgreement } from './respond.ts';

export interface Destination {
  readonly partner: Connector;
  readonly agreement: Agreement;
}

export interface Routing {
  readonly destinations: readonly Destination[];
  /** Why there is none. */
  readonly findings: readonly Finding[];
  /** Nobody wants it, by their own files: that is no fault. */
  readonly isDeclined?: true;
}

/** By default a partner's documents go to the ERP, and the ERP's to the partner they name. */
export function route(setup: Setup, document: Document, from: Connector, isTest: boolean): Routing {
  const wanted = candidates(setup, document, from);
  if ('finding' in wanted) return { destinations: [], findings: [wanted.finding] };
  const wanting = wanted.connectors.filter(
    ({ declines }) => declines?.includes(document.document) !== true,
  );
  if (wanting.length === 0 && wanted.connectors.length > 0) {
    return {
      destinations: [],
      findings: [declined(document, wanted.connectors)],
      isDeclined: true,
    };
  }
  const found = wanting.flatMap((partner) => {
    const agreement = writes(setup, partner, document);
    return agreement === undefined ? [] : [{ partner, agreement }];
  });
  if (found.length === 0) return none(notWritten(document, wanting));
  const allowed = found.filter(
    ({ partner, agreement }) => !isTest || isTestSide(partner, agreement),
  );
  if (allowed.length === 0) return none(testRefused(document, found));
  return { destinations: allowed, findings: [] };
}

/**
 * A response of ours goes back to who sent what it answers, as test traffic where that was. Its words
 * are ours: characters that the partner's syntax has no place for give way.
 */
export function backTo(
  setup: Setup,
  partner: Connector,
  document: Document,
  answered: string,
): Routing {
  const agreement = responseAgreement(setup, partner, answered);
  if (agreement === undefined) return none(notWritten(document, [partner]));
  const syntax = { inData: '.', ...agreement.syntax };
  return { destinations: [{ partner, agreement: { ...agreement, syntax } }], findings: [] };
}

const none = (finding: Finding): Routing => ({ destinations: [], findings: [finding] });

const isTestSide = (partner: Connector, agreement: Agreement): boolean =>
  (agreement.mode ?? partner.mode) === 'test';

type Candidates = { readonly connectors: readonly Connector[] } | { readonly finding: Finding };

function candidates(setup: Setup, document: Document, from: Connector): Candidates {
  const rule = setup.routes.find(
    ({ when }) =>
      (when.document === undefined || when.document === document.document) &&
      (when.from === undefined || when.from === from.id),
  );
  if (rule !== undefined) {
    const connector = setup.connector(rule.to);
    return { connectors: connector === undefined ? [] : [connector] };
  }
  if (from.role === 'partner') {
    return { connectors: setup.connectors.filter((connector) => connector.role === 'erp') };
  }
  const partner = named(setup, document);
  return partner === undefined
    ? { finding: nobodyNamed(document, from) }
    : { connectors: [partner] };
}

/** Parties that name the partner of a document, most telling first. */
const ROLES = ['buyer', 'billTo', 'payer', 'shipTo', 'seller', 'payee'];

/** The partner connector that one of the document's parties belongs to. */
export function named(setup: Setup, document: Document): Connector | undefined {
  const parties: Readonly<Record<string, PartyLike | undefined>> = document.parties ?? {};
  const roles = [...ROLES, ...Object.keys(parties).filter((role) => !ROLES.includes(role))];
  for (const role of roles) {
    const connector = ownerOf(setup, parties[role]);
    if (connector !== undefined) return connector;
  }
  return undefined;
}

interface PartyLike {
  readonly id?: { readonly scheme?: string; readonly value?: string } | undefined;
  readonly ids?: Readonly<Record<string, string>> | undefined;
}

function ownerOf(setup: Setup, party: PartyLike | undefined): Connector | undefined {
  const ids = partyIds(party);
  return setup.connectors.find(
    (connector) =>
      connector.role === 'partner' &&
      Object.entries(ids).some(([scheme, value]) => connector.ids[scheme] === value),
  );
}

function partyIds(party: PartyLike | undefined): Readonly<Record<string, string>> {
  const ids = { ...party?.ids };
  if (party?.id?.scheme !== undefined && party.id.value !== undefined) {
    ids[party.id.scheme] ??= party.id.value;
  }
  return ids;
}

/** The outbound agreement whose mapping writes this kind of document. */
function writes(setup: Setup, partner: Connector, document: Document): Agreement | undefined {
  return partner.outbound.find((agreement) =>
    setup.mappings.get(agreement.mapping).documents.includes(document.document),
  );
}

const said = (document: Document): string => `${document.document} ${document.number ?? ''}`.trim();

function noRoute(document: Document, text: string): Finding {
  const place = { path: document.document };
  return { code: 'no-route', severity: 'error', fault: 'hub', place, text };
}

function nobodyNamed(document: Document, from: Connector): Finding {
  const ids = idsOf(document);
  const named =
    ids.length === 0
      ? 'names no partner: its parties have no ids. Add to its mapping who it is for'
      : `names no known partner: no connector has ${ids.join(' or ')} among its ids. ` +
        "Add it to the partner's file";
  return noRoute(document, `${said(document)} from ${from.name} ${named}, reload, and replay.`);
}

const IDS_TOLD = 6;

/** `erp: C-1001`, as it would stand under `ids` of a connector. */
function idsOf(document: Document): readonly string[] {
  const parties: readonly (PartyLike | undefined)[] = Object.values(document.parties ?? {});
  const all = parties.flatMap((party) => Object.entries(partyIds(party)));
  const told = all.map(([scheme, value]) => `"${scheme}: ${value.slice(0, 40)}"`);
  return [...new Set(told)].slice(0, IDS_TOLD);
}

function notWritten(document: Document, connectors: readonly Connector[]): Finding {
  if (connectors.length === 0) {
    return noRoute(
      document,
      `There is no connector to take ${said(document)}: add one with "role: erp", or a rule to config/routes.yaml, then reload and replay.`,
    );
  }
  const files = connectors.map((connector) => connector.file).join(', ');
  return noRoute(
    document,
    `No outbound agreement of ${files} writes a document of kind ${document.document}: add ` +
      'one under "outbound:", reload, and replay.',
  );
}

function declined(document: Document, connectors: readonly Connector[]): Finding {
  const names = connectors.map(({ name }) => name).join(', ');
  const files = connectors.map(({ file }) => file).join(', ');
  return {
    code: 'declined',
    severity: 'info',
    fault: 'hub',
    place: { path: document.document },
    text: `${said(document)} is not sent: ${names} declines such documents (${files}).`,
  };
}

function testRefused(document: Document, found: readonly Destination[]): Finding {
  const names = found.map(
    ({ partner, agreement }) => `${partner.id} (${messageKey(agreement.message)})`,
  );
  return noRoute(
    document,
    `${said(document)} came as test traffic, and ${names.join(', ')} is live: it stays here. ` +
      'Set "mode: test" on that connector to let test documents through.',
  );
}
