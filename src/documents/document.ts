/** Any canonical document: plain data, discriminated by `document`. */
import type { DespatchAdvice } from './despatch-advice.ts';
import type { Invoice } from './invoice.ts';
import type { Order } from './order.ts';
import type { OrderResponse } from './order-response.ts';
import type { RemittanceAdvice } from './remittance-advice.ts';

export type Document = Order | OrderResponse | DespatchAdvice | Invoice | RemittanceAdvice;
export type DocumentKind = Document['document'];
