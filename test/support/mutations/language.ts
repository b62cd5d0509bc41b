/**
 * Whether a row of segments can be read by a diagram in any way at all. It tries every way, where
 * the check takes the first: so it says which mutants are still valid by the standard.
 */
import type { MessageDefinition, Slot } from '../../../src/standards/definition.ts';

export function isReadable(definition: MessageDefinition, tags: readonly string[]): boolean {
  return readings(definition, tags).some((state) => state.every(isComplete));
}

/** Whether something could follow that makes them readable. */
export const isBeginning = (definition: MessageDefinition, tags: readonly string[]): boolean =>
  readings(definition, tags).length > 0;

function readings({ root }: MessageDefinition, tags: readonly string[]): readonly State[] {
  let states: readonly State[] = [[{ slot: root, position: -1, used: 0 }]];
  for (const tag of tags) {
    const next = new Map<string, State>();
    for (const state of states) {
      for (const after of step(state, tag)) next.set(keyOf(after), after);
    }
    states = [...next.values()];
    if (states.length === 0) break;
  }
  return states;
}

type State = readonly Loop[];

interface Loop {
  readonly slot: Slot;
  readonly position: number;
  readonly used: number;
}

function step(state: State, tag: string): readonly State[] {
  const found: State[] = [];
  for (let at = state.length - 1; at >= 0; at -= 1) {
    const loop = state[at]!;
    for (const slot of loop.slot.slots) {
      if (slot.tag === tag && canTake(loop, slot))
        found.push(after(state.slice(0, at), loop, slot));
    }
    if (!isComplete(loop)) break;
  }
  return found;
}

function canTake(loop: Loop, slot: Slot): boolean {
  if (slot.order === loop.position) return loop.used < slot.max;
  return slot.order > loop.position && !isOwed(loop, slot.order);
}

/** Something mandatory between the place used last and an order. */
const isOwed = ({ slot, position }: Loop, before: number): boolean =>
  slot.slots.some((it) => it.mandatory && it.order > position && it.order < before);

const isComplete = (loop: Loop): boolean => !isOwed(loop, Number.POSITIVE_INFINITY);

function after(outer: State, loop: Loop, slot: Slot): State {
  const used = loop.position === slot.order ? Math.min(loop.used + 1, usedMax) : 1;
  const moved = { ...loop, position: slot.order, used };
  return slot.slots.length === 0
    ? [...outer, moved]
    : [...outer, moved, { slot, position: -1, used: 0 }];
}

/** Counts beyond this do not matter: no mutation makes so many copies. */
const usedMax = 200;

const keyOf = (state: State): string =>
  state.map(({ position, used }) => `${position}.${used}`).join('/');
