/** Any canonical document: plain data, discriminated by `document`. */
import type { ApplicationResponse } from './application-response.ts';
import type { DespatchAdvice } from './despatch-advice.ts';
import type { CreditNote, Invoice } from './invoice.ts';
import type { Order } from './order.ts';
import type { OrderResponse } from './order-response.ts';
import type { RemittanceAdvice } from './remittance-advice.ts';

export type Document =
  | Order
  | OrderResponse
  | DespatchAdvice
  | Invoice
  | CreditNote
  | RemittanceAdvice
  | ApplicationResponse;
export type DocumentKind = Document['document'];
