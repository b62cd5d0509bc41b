/** Every kind of document with its schema, and the check that a document keeps to it. */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { TSchema } from 'typebox';
import { applicationResponse } from './application-response.ts';
import { despatchAdvice } from './despatch-advice.ts';
import type { DocumentKind } from './document.ts';
import { creditNote, invoice } from './invoice.ts';
import { order } from './order.ts';
import { orderResponse } from './order-response.ts';
import { remittanceAdvice } from './remittance-advice.ts';
import { formats } from './scalar.ts';

export const documentSchemas: Readonly<Record<DocumentKind, TSchema>> = {
  order,
  orderResponse,
  despatchAdvice,
  invoice,
  creditNote,
  remittanceAdvice,
  applicationResponse,
};

export interface DocumentFault {
  /** `lines[2].quantity`; empty for the document itself. */
  readonly path: string;
  readonly text: string;
}

export const isDocumentKind = (kind: unknown): kind is DocumentKind =>
  typeof kind === 'string' && Object.hasOwn(documentSchemas, kind);

/** What keeps a document from being one; empty when it is right. At most 100 faults are told. */
export function validateDocument(document: unknown): readonly DocumentFault[] {
  const kind = kindOf(document);
  if (!isDocumentKind(kind)) {
    return [{ path: 'document', text: `is no kind of document: ${String(kind).slice(0, 40)}` }];
  }
  const validate = validator(kind);
  return validate(document) ? [] : (validate.errors ?? []).slice(0, 100).map(fault);
}

const validators = new Map<DocumentKind, ValidateFunction>();

function validator(kind: DocumentKind): ValidateFunction {
  const known = validators.get(kind);
  if (known !== undefined) return known;
  const ajv = new Ajv({ allErrors: true, strict: true, formats });
  const compiled = ajv.compile(documentSchemas[kind]);
  validators.set(kind, compiled);
  return compiled;
}

function kindOf(document: unknown): unknown {
  return typeof document === 'object' && document !== null && 'document' in document
    ? document.document
    : undefined;
}

function fault(error: ErrorObject): DocumentFault {
  const named = error.params['additionalProperty'] ?? error.params['missingProperty'];
  const base = pathText(error.instancePath);
  if (typeof named !== 'string') return { path: base, text: error.message ?? error.keyword };
  const path = base === '' ? named : `${base}.${named}`;
  return { path, text: error.keyword === 'required' ? 'is missing' : 'is no field here' };
}

/** `/lines/2/quantity` as people write it. */
function pathText(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step, at) => (/^\d+$/.test(step) ? `[${step}]` : at === 0 ? step : `.${step}`))
    .join('');
}
