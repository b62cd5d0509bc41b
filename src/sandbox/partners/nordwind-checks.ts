/** What Nordwind looks at in each message, with its own arithmetic. */
import { checkDigit } from '../check-digit.ts';
import { add, compare, sum } from '../decimal.ts';
import type { Look } from './receive-edi.ts';
import { cell, type Row, withTag } from './rows.ts';

export const nordwindLooks: Readonly<Record<string, (rows: readonly Row[]) => Look>> = {
  ORDRSP: lookAtResponse,
  DESADV: lookAtDespatch,
  INVOIC: lookAtInvoice,
};

const responses: Readonly<Record<string, string>> = {
  '4': 'changed',
  '12': 'not processed',
  '27': 'not accepted',
  '29': 'accepted',
};

function lookAtResponse(rows: readonly Row[]): Look {
  const code = cell(bgm(rows), 3);
  return {
    number: documentNumber(rows),
    order: reference(rows, 'ON'),
    text: `${withTag(rows, 'LIN').length} lines, ${responses[code] ?? `code ${code}`}`,
    faults: countFaults(rows),
  };
}

function lookAtDespatch(rows: readonly Row[]): Look {
  const codes = withTag(rows, 'GIN')
    .filter((gin) => cell(gin, 1) === 'BJ')
    .map((gin) => cell(gin, 2));
  const wrong = codes.filter((code) => checkDigit(code.slice(0, -1)) !== code.slice(-1));
  return {
    number: documentNumber(rows),
    order: reference(rows, 'ON'),
    text: `${withTag(rows, 'LIN').length} lines in ${codes.length} packages`,
    faults: [
      ...wrong.map((code) => `SSCC ${code} has a wrong check digit.`),
      ...(codes.length === 0 ? ['The despatch advice names no SSCC.'] : []),
      ...countFaults(rows),
    ],
  };
}

/** MOA+203 is a line's amount, 176 all tax, 124 one tax, 77 the invoice's amount, 9 what is due. */
function lookAtInvoice(rows: readonly Row[]): Look {
  const summary = rows.slice(rows.findIndex(({ tag }) => tag === 'UNS'));
  const tax = amounts(summary, '176')[0] ?? sum(amounts(summary, '124'), 2);
  const expected = add(sum(amounts(rows, '203'), 2), tax);
  const totals = ['77', '9'].flatMap((code) =>
    amounts(summary, code).map((amount) => ({ code, amount })),
  );
  const payable = totals.at(-1)?.amount ?? '0';
  const wrong = totals.filter(({ amount }) => compare(expected, amount) !== 0);
  return {
    number: documentNumber(rows),
    order: reference(rows, 'ON'),
    text: `${withTag(rows, 'LIN').length} lines, EUR ${payable}`,
    payable,
    faults: [
      ...(totals.length === 0 ? ['The invoice has no MOA+77 and no MOA+9.'] : []),
      ...wrong.map(
        ({ code, amount }) => `MOA+${code} says ${amount}, lines and taxes make ${expected}.`,
      ),
      ...countFaults(rows),
    ],
  };
}

const bgm = (rows: readonly Row[]): Row | undefined => rows.find(({ tag }) => tag === 'BGM');

const documentNumber = (rows: readonly Row[]): string => cell(bgm(rows), 2);

const reference = (rows: readonly Row[], qualifier: string): string =>
  cell(
    withTag(rows, 'RFF').find((rff) => cell(rff, 1) === qualifier),
    1,
    2,
  );

const amounts = (rows: readonly Row[], qualifier: string): readonly string[] =>
  withTag(rows, 'MOA')
    .filter((moa) => cell(moa, 1) === qualifier)
    .map((moa) => cell(moa, 1, 2));

/** CNT+2 counts the lines. */
function countFaults(rows: readonly Row[]): readonly string[] {
  const told = withTag(rows, 'CNT').find((cnt) => cell(cnt, 1) === '2');
  const count = withTag(rows, 'LIN').length;
  if (told === undefined || Number(cell(told, 1, 2)) === count) return [];
  return [`CNT+2 says ${cell(told, 1, 2)}, there are ${count} LIN.`];
}
