/** How what a partner sends under one agreement is answered, and what a bad message takes along. */
export interface AcknowledgePolicy {
  /** `997`, `999`, `CONTRL`, `response`; undefined: nothing is answered. */
  readonly with: string | undefined;
  /** Always, only where something is wrong, or only where the envelope asks (ISA14, UNB 0031). */
  readonly when: 'always' | 'onError' | 'asked';
  /** Each segment and element that is wrong, or only the verdict on each message. */
  readonly detail: 'full' | 'verdict';
  /** X12: what goes into one interchange of ours: one group's answer, or all of an interchange. */
  readonly per: 'group' | 'interchange';
  /** What becomes of a message whose segments or elements are wrong: not, or told and taken. */
  readonly errors: 'reject' | 'acceptWithErrors';
  /** What one bad message rejects: itself, its group, or its whole interchange. */
  readonly rejects: 'message' | 'group' | 'interchange';
}

export const plainPolicy = (word: string | undefined): AcknowledgePolicy => ({
  with: word,
  when: 'always',
  detail: 'full',
  per: 'group',
  errors: 'reject',
  rejects: 'message',
});
