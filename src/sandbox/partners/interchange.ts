/** An interchange taken apart by counting: what its trailers promise is compared with what is there. */
import { cell, type Row } from './rows.ts';

export interface NaiveMessage {
  /** `855`, `INVOIC`. */
  readonly name: string;
  readonly control: string;
  /** From header to trailer, both included. */
  readonly rows: readonly Row[];
}

export interface NaiveGroup {
  readonly functionalId: string;
  readonly control: string;
  readonly messages: readonly NaiveMessage[];
}

export interface NaiveInterchange {
  readonly control: string;
  /** `ZZ:TRADELANE`. */
  readonly sender: string;
  readonly receiver: string;
  /** EDIFACT: one, without name or number. */
  readonly groups: readonly NaiveGroup[];
  /** What is wrong, each as a sentence. */
  readonly faults: readonly string[];
}

/** Tags and places that X12 and EDIFACT differ in. */
interface Grammar {
  readonly interchange: readonly [header: string, trailer: string];
  readonly group: readonly [header: string, trailer: string];
  readonly message: readonly [header: string, trailer: string];
  readonly head: (row: Row) => Pick<NaiveInterchange, 'control' | 'sender' | 'receiver'>;
  readonly groupOf: (row: Row) => { readonly functionalId: string; readonly control: string };
  readonly messageOf: (row: Row) => { readonly name: string; readonly control: string };
}

const x12: Grammar = {
  interchange: ['ISA', 'IEA'],
  group: ['GS', 'GE'],
  message: ['ST', 'SE'],
  head: (isa) => ({
    control: cell(isa, 13),
    sender: `${cell(isa, 5)}:${cell(isa, 6).trimEnd()}`,
    receiver: `${cell(isa, 7)}:${cell(isa, 8).trimEnd()}`,
  }),
  groupOf: (gs) => ({ functionalId: cell(gs, 1), control: cell(gs, 6) }),
  messageOf: (st) => ({ name: cell(st, 1), control: cell(st, 2) }),
};

const edifact: Grammar = {
  interchange: ['UNB', 'UNZ'],
  group: ['UNG', 'UNE'],
  message: ['UNH', 'UNT'],
  head: (unb) => ({
    control: cell(unb, 5),
    sender: `${cell(unb, 2, 2)}:${cell(unb, 2)}`,
    receiver: `${cell(unb, 3, 2)}:${cell(unb, 3)}`,
  }),
  groupOf: (ung) => ({ functionalId: cell(ung, 1), control: cell(ung, 5) }),
  messageOf: (unh) => ({ name: cell(unh, 2), control: cell(unh, 1) }),
};

export const x12Interchanges = (rows: readonly Row[]): readonly NaiveInterchange[] =>
  envelopes(rows, x12.interchange).map((part) => interchange(part, x12));

export const edifactInterchanges = (rows: readonly Row[]): readonly NaiveInterchange[] =>
  envelopes(rows, edifact.interchange).map((part) => interchange(part, edifact));

function interchange(rows: readonly Row[], grammar: Grammar): NaiveInterchange {
  const faults: string[] = [];
  const inside = rows.slice(1, -1);
  const parts = envelopes(inside, grammar.group);
  const groups =
    parts.length > 0
      ? parts.map((part) => group(part, grammar, faults))
      : [{ functionalId: '', control: '', messages: messages(inside, grammar, faults) }];
  const head = grammar.head(rows[0] as Row);
  const counted = parts.length > 0 ? parts.length : (groups[0]?.messages.length ?? 0);
  check(rows, grammar.interchange, { count: counted, control: head.control, faults });
  return { ...head, groups, faults };
}

function group(rows: readonly Row[], grammar: Grammar, faults: string[]): NaiveGroup {
  const head = grammar.groupOf(rows[0] as Row);
  const inside = messages(rows.slice(1, -1), grammar, faults);
  check(rows, grammar.group, { count: inside.length, control: head.control, faults });
  return { ...head, messages: inside };
}

function messages(
  rows: readonly Row[],
  grammar: Grammar,
  faults: string[],
): readonly NaiveMessage[] {
  return envelopes(rows, grammar.message).map((part) => {
    const head = grammar.messageOf(part[0] as Row);
    check(part, grammar.message, { count: part.length, control: head.control, faults });
    return { ...head, rows: part };
  });
}

/** In every trailer element 1 is a count and element 2 the header's number. */
function check(
  rows: readonly Row[],
  [header, trailer]: readonly [string, string],
  found: { readonly count: number; readonly control: string; readonly faults: string[] },
): void {
  const last = rows.at(-1);
  if (last?.tag !== trailer) {
    found.faults.push(`${header} ${found.control} has no ${trailer}.`);
    return;
  }
  if (Number(cell(last, 1)) !== found.count) {
    found.faults.push(`${trailer} counts ${cell(last, 1)}, there are ${found.count}.`);
  }
  if (cell(last, 2) !== found.control) {
    found.faults.push(`${trailer} says number ${cell(last, 2)}, ${header} says ${found.control}.`);
  }
}

/** The runs of rows from each header to its trailer, or to where the next header begins. */
function envelopes(
  rows: readonly Row[],
  [header, trailer]: readonly [string, string],
): readonly (readonly Row[])[] {
  const found: Row[][] = [];
  let open: Row[] | undefined;
  for (const row of rows) {
    if (row.tag === header) {
      open = [];
      found.push(open);
    }
    open?.push(row);
    if (row.tag === trailer) open = undefined;
  }
  return found;
}
