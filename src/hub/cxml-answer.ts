/** The cXML Response to what was examined: it goes back in the exchange that brought the request. */
import { cxmlResponse } from '../codecs/cxml/response.ts';
import type { Connector } from '../model/connector.ts';
import type { NewDelivery } from '../model/delivery.ts';
import { type Finding, isError } from '../model/finding.ts';
import type { TransferRow } from '../model/rows.ts';
import { isAcknowledgement } from '../standards/acknowledge/kinds.ts';
import type { ExaminedInterchange } from './examine.ts';
import { agreementFor } from './identity.ts';
import type { Parts } from './parts.ts';
import type { WritingParts } from './write.ts';

/** None where the agreement wants none. */
export function cxmlAnswer(
  parts: Parts,
  transfer: TransferRow,
  interchange: ExaminedInterchange,
  partner: Connector,
): readonly NewDelivery[] {
  if (!asksResponse(interchange, partner)) return [];
  const { isTest } = interchange.envelope;
  return [response(parts, transfer, partner, { isTest, status: cxmlStatus(interchange) })];
}

/** The answer to cXML of which not even the envelope could be read. */
export function cxmlRefusal(
  parts: Parts,
  transfer: TransferRow,
  authenticated: Connector,
  finding: Finding | undefined,
): NewDelivery {
  const isTest = authenticated.mode === 'test';
  return response(parts, transfer, authenticated, { isTest, status: badRequest(finding) });
}

/** A document that could not be read is refused at once: nobody can know what it asks. */
const asksResponse = (interchange: ExaminedInterchange, partner: Connector): boolean =>
  interchange.messages === 0 ||
  interchange.groups.some((group) =>
    group.outcomes.some(
      ({ type }) =>
        !isAcknowledgement(type) &&
        (agreementFor(partner.inbound, type)?.acknowledge.with ?? 'response') === 'response',
    ),
  );

/** The cXML Response goes back in the exchange that brought the request. */
function response(
  parts: WritingParts & Pick<Parts, 'makeId'>,
  transfer: TransferRow,
  partner: Connector,
  answer: { readonly isTest: boolean; readonly status: CxmlVerdict },
): NewDelivery {
  const id = parts.makeId();
  const { code, text, message } = answer.status;
  const timestamp = parts.clock.now().replace('Z', '+00:00');
  const bytes = cxmlResponse({
    code,
    text,
    ...(message === undefined ? {} : { message }),
    payloadId: `${id}@tradelane`,
    timestamp,
  });
  return {
    id,
    partner: partner.id,
    connector: partner.id,
    transport: 'reply',
    isTest: answer.isTest,
    kind: 'acknowledgement',
    serial: false,
    messageType: 'cxml/1.2/Response',
    contentType: 'text/xml; charset=UTF-8',
    document: undefined,
    transfer: transfer.id,
    numbers: [],
    write: () => ({
      bytes,
      fileName: `${partner.id}-Response-${id}.xml`,
      messages: [],
      findings: [],
    }),
  };
}

interface CxmlVerdict {
  readonly code: string;
  readonly text: string;
  readonly message?: string;
}

const badRequest = (finding: Finding | undefined): CxmlVerdict => ({
  code: '400',
  text: 'Bad Request',
  ...(finding === undefined ? {} : { message: finding.text }),
});

/** cXML 1.2, Status: 200 taken, 201 waits for a person, 4xx refused for good. */
function cxmlStatus(interchange: ExaminedInterchange): CxmlVerdict {
  const outcomes = interchange.groups.flatMap((group) => group.outcomes);
  const errors = [
    ...interchange.findings,
    ...outcomes.flatMap((outcome) => outcome.findings),
  ].filter(isError);
  const message = errors[0]?.text;
  if (interchange.quarantined)
    return {
      code: '403',
      text: 'Forbidden',
      message: 'The From or To credential is not known here.',
    };
  if (outcomes.length === 0) return badRequest(errors[0]);
  if (interchange.state === 'rejected' || outcomes.some(({ state }) => state === 'rejected')) {
    return { code: '406', text: 'Not Acceptable', ...(message === undefined ? {} : { message }) };
  }
  if (outcomes.some(({ state }) => state === 'held')) return { code: '201', text: 'Accepted' };
  return { code: '200', text: 'OK' };
}
