/** What Acme looks at in each message, with its own arithmetic. */
import { checkDigit } from '../check-digit.ts';
import { add, compare, multiply, round, sum } from '../decimal.ts';
import type { Look } from './receive-edi.ts';
import { cell, type Row, withTag } from './rows.ts';

export const acmeLooks: Readonly<Record<string, (rows: readonly Row[]) => Look>> = {
  '855': lookAtAcknowledgement,
  '856': lookAtShipNotice,
  '810': lookAtInvoice,
};

const first = (rows: readonly Row[], tag: string): Row | undefined =>
  rows.find((row) => row.tag === tag);

const lineStates: Readonly<Record<string, string>> = {
  IA: 'accepted',
  IB: 'backordered',
  IC: 'changed',
  IP: 'price changed',
  IQ: 'quantity changed',
  IR: 'rejected',
};

function lookAtAcknowledgement(rows: readonly Row[]): Look {
  const bak = first(rows, 'BAK');
  const states = withTag(rows, 'ACK').map((ack) => lineStates[cell(ack, 1)] ?? cell(ack, 1));
  return {
    number: cell(bak, 3),
    order: cell(bak, 3),
    text: `${states.length} lines: ${[...new Set(states)].join(', ')}`,
    faults: countFault(rows, 'PO1'),
  };
}

function lookAtShipNotice(rows: readonly Row[]): Look {
  const marks = withTag(rows, 'MAN').filter((man) => cell(man, 1) === 'GM');
  const codes = marks.map((man) => cell(man, 2).replace(/^00(?=\d{18}$)/, ''));
  const wrong = codes.filter((code) => checkDigit(code.slice(0, -1)) !== code.slice(-1));
  const items = withTag(rows, 'HL').filter((hl) => cell(hl, 3) === 'I').length;
  return {
    number: cell(first(rows, 'BSN'), 2),
    order: cell(first(rows, 'PRF'), 1),
    text: `${items} lines in ${codes.length} packages`,
    faults: [
      ...wrong.map((code) => `SSCC ${code} has a wrong check digit.`),
      ...(codes.length === 0 ? ['The ship notice names no SSCC.'] : []),
      ...countFault(rows, 'HL'),
    ],
  };
}

function lookAtInvoice(rows: readonly Row[]): Look {
  const big = first(rows, 'BIG');
  const payable = impliedDecimals(cell(first(rows, 'TDS'), 1), 2);
  const nets = withTag(rows, 'IT1').map((it1) => round(multiply(cell(it1, 2), cell(it1, 4)), 2));
  const summary = rows.slice(rows.findIndex((row) => row.tag === 'TDS'));
  const taxes = withTag(summary, 'TXI').map((txi) => cell(txi, 2));
  const expected = add(sum(nets, 2), sum(taxes, 2));
  return {
    number: cell(big, 2),
    order: cell(big, 4),
    text: `${nets.length} lines, USD ${payable}`,
    payable,
    faults: [
      ...(compare(expected, payable) === 0
        ? []
        : [`TDS01 says ${payable}, lines and taxes make ${expected}.`]),
      ...countFault(rows, 'IT1'),
    ],
  };
}

/** CTT01 counts lines, or HL segments in a ship notice. */
function countFault(rows: readonly Row[], tag: string): readonly string[] {
  const count = withTag(rows, tag).length;
  const told = cell(first(rows, 'CTT'), 1);
  return told === '' || Number(told) === count
    ? []
    : [`CTT01 says ${told}, there are ${count} ${tag}.`];
}

/** N2: `105000` is 1050.00. */
function impliedDecimals(digits: string, decimals: number): string {
  const [, sign = '', figures = '0'] = /^(-?)(\d+)$/.exec(digits) ?? [];
  const padded = figures.padStart(decimals + 1, '0');
  return `${sign}${padded.slice(0, -decimals)}.${padded.slice(-decimals)}`;
}
