/** What an application response that came in (824, APERAK) says of the messages we sent. */
import type { ApplicationResponse, DocumentResponse } from '../documents/application-response.ts';
import { documentSchemas, isDocumentKind } from '../documents/registry.ts';
import type { Answer } from '../model/answer.ts';
import type { Connector } from '../model/connector.ts';
import type { Finding } from '../model/finding.ts';
import type { AcceptedMessage } from '../model/store.ts';
import { typeOf } from './check.ts';

/** One answer for each document that it clearly accepts or rejects. */
export function readResponses(
  { responses = [] }: ApplicationResponse,
  accepted: AcceptedMessage,
  partner: Connector,
): readonly Answer[] {
  const type = typeOf(accepted.message);
  if (type === undefined) return [];
  return responses.flatMap((one) => {
    const verdict = verdictOf(one);
    if (verdict === undefined) return [];
    const answer = {
      standard: type.standard,
      connector: partner.id,
      transfer: accepted.transfer,
      verdict,
      code: `${type.name} ${one.response ?? 'with errors'}`,
      text: (one.findings ?? []).map(briefly).join('; ').slice(0, 300),
    };
    return [{ ...answer, ...askedOf(one), findings: findingsOf(one, verdict, partner, type.name) }];
  });
}

/**
 * Part of a document that is refused is a refusal: somebody has to see to it. An APERAK may tell errors
 * and leave out what follows from them; then they are why it was refused.
 */
function verdictOf({ response, findings }: DocumentResponse): Answer['verdict'] | undefined {
  if (response === undefined) return findings === undefined ? undefined : 'rejected';
  if (/rejected$|partly$/i.test(response)) return 'rejected';
  return /accepted|changed$/i.test(response) ? 'accepted' : undefined;
}

/** A response to a response is none of ours. */
const answerable = Object.keys(documentSchemas).filter((kind) => kind !== 'applicationResponse');

/** By its control numbers where both are told, and by its own number. */
function askedOf({ group, control, type, number, message }: DocumentResponse): Partial<Answer> {
  const kinds = isDocumentKind(type) ? [type] : answerable;
  return {
    ...(group === undefined || control === undefined ? {} : { group, message: control }),
    ...(number === undefined
      ? {}
      : {
          document: { number, kinds, message: /^\d{3}$/.test(message ?? '') ? message : undefined },
        }),
  };
}

const FINDINGS_MAX = 100;

function findingsOf(
  one: DocumentResponse,
  verdict: Answer['verdict'],
  partner: Connector,
  name: string,
): readonly Finding[] {
  const isRejected = verdict === 'rejected';
  const what = `${one.type ?? one.message ?? 'document'} ${one.number ?? one.control ?? ''}`.trim();
  const verb = isRejected ? 'rejects' : 'notes a fault in';
  const told = (one.findings ?? []).slice(0, FINDINGS_MAX).map(briefly);
  const texts = told.length === 0 && isRejected ? ['without a reason'] : told;
  return texts.map((text) => ({
    code: isRejected ? 'response-rejects' : 'response-notes',
    severity: isRejected ? 'error' : 'warning',
    fault: 'erp',
    place: { path: what.slice(0, 100) },
    text: `${partner.name} ${verb} ${what.slice(0, 100)} by its ${name}: ${text}.`,
  }));
}

type Told = NonNullable<DocumentResponse['findings']>[number];

/** `unknown, line 2: AC-999 is not known here`. */
function briefly({ code, text, lines, line, segment, element, value }: Told): string {
  const words = lines?.join(' ') ?? text ?? value ?? '';
  const at = line === undefined ? segment && `${segment}${element ?? ''}` : `line ${line}`;
  const head = [code, at].filter(Boolean).join(', ');
  return `${head}${head !== '' && words !== '' ? ': ' : ''}${words}`
    .replace(/\.$/, '')
    .slice(0, 400);
}
