/** 850s of one order each, as a partner posts them: some 3 KB, from 1 to 63 lines, from a seed. */
import { stream850s } from '../generate.ts';
import type { Post } from './offer.ts';

export interface OrdersOptions {
  readonly seed: number;
  /** The first one's control number is one more. */
  readonly from: number;
  readonly count: number;
  readonly key?: string;
}

const LINES_MAX = 63;

export function orders({ seed, from, count, key }: OrdersOptions): readonly Post[] {
  const headers = { 'Content-Type': 'application/edi-x12', ...authorization(key) };
  return Array.from({ length: count }, (_, index) => {
    const control = from + index + 1;
    const pieces = stream850s({ seed: seed + control, messages: 1, control, linesMax: LINES_MAX });
    const text = Buffer.concat([...pieces]).toString('latin1');
    const body = Buffer.from(text.replace(/PO\d{4}-0001/, orderNumber(control)), 'latin1');
    return { body, headers };
  });
}

/** Of the order in the interchange of this control number. */
export const orderNumber = (control: number): string => `PO${String(control).padStart(9, '0')}`;

const authorization = (key: string | undefined): Record<string, string> =>
  key === undefined ? {} : { Authorization: `Bearer ${key}` };
