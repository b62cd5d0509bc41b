/** How the ERP can be told to misbehave towards the hub's posts. */
import { type Static, Type } from 'typebox';

export const BehaviourForm = Type.Object({
  /** drop: commits, and then breaks the connection instead of answering. */
  mode: Type.Union([
    Type.Literal('normal'),
    Type.Literal('down'),
    Type.Literal('slow'),
    Type.Literal('reject'),
    Type.Literal('drop'),
  ]),
  /** How many posts it holds for; absent: until told otherwise. */
  times: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  /** slow: how long it waits. */
  milliseconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 600_000 })),
  /** down: `reset` breaks the connection instead of answering 503. */
  reset: Type.Optional(Type.Boolean()),
  /** reject: the reason given. */
  reason: Type.Optional(Type.String({ maxLength: 500 })),
});

export type BehaviourOrder = Static<typeof BehaviourForm>;

export interface Behaviour {
  /** What holds now, without using it up. */
  readonly now: () => BehaviourOrder;
  /** What holds for one post; counts down. */
  readonly next: () => BehaviourOrder;
  readonly set: (order: BehaviourOrder) => void;
}

const normal: BehaviourOrder = { mode: 'normal' };

export function makeBehaviour(): Behaviour {
  let current = normal;
  return {
    now: () => current,
    next: () => {
      const holds = current;
      if (holds.times !== undefined) {
        current = holds.times > 1 ? { ...holds, times: holds.times - 1 } : normal;
      }
      return holds;
    },
    set: (order) => {
      current = order;
    },
  };
}
