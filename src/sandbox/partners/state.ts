/** What a partner remembers between two starts: its own numbers, and what is open. */
import { readFileSync } from 'node:fs';
import { writeWhole } from './whole-file.ts';

export interface DeskState {
  /** Last numbers used. */
  interchange: number;
  group: number;
  order: number;
  payment: number;
  /** Orders by number: how many lines each has. */
  orders: Record<string, number>;
  /** What waits for a 997 or CONTRL, by the control number that it will name. */
  unanswered: Record<string, string>;
  /** Control numbers that came in, with the digest of what they came with. */
  received: Record<string, string>;
  /** Invoices paid. */
  paid: string[];
}

const remembered = 1000;

export const freshState = (): DeskState => ({
  interchange: 0,
  group: 0,
  order: 0,
  payment: 0,
  orders: {},
  unanswered: {},
  received: {},
  paid: [],
});

export function loadState(file: string): DeskState {
  try {
    return { ...freshState(), ...(JSON.parse(readFileSync(file, 'utf8')) as Partial<DeskState>) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return freshState();
    throw error;
  }
}

/** Keeps the newest thousand of each kind. */
export async function saveState(file: string, state: DeskState): Promise<void> {
  const kept: DeskState = {
    ...state,
    orders: newest(state.orders),
    unanswered: newest(state.unanswered),
    received: newest(state.received),
    paid: state.paid.slice(-remembered),
  };
  await writeWhole(file, Buffer.from(JSON.stringify(kept, undefined, 2)));
}

const newest = <T>(record: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).slice(-remembered));
