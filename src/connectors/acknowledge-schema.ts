/** The long form of an agreement's `acknowledge:`. */
import Type, { type Static } from 'typebox';

const word = (title: string, description: string, words: readonly [string, ...string[]]) =>
  Type.Optional(
    Type.Enum([...words], { title, description, examples: [words.at(-1)], default: words[0] }),
  );

export const acknowledgeSchema = Type.Object(
  {
    with: Type.String({
      title: 'With',
      description:
        '997 or 999 (X12), CONTRL (EDIFACT), response (cXML) or none. A 999 also tells which of ' +
        "the partner's own rules are broken; it exists from 005010 on, and older groups are " +
        'answered in that version.',
      examples: ['997'],
      minLength: 1,
    }),
    when: word(
      'When',
      'Always, only where something is wrong, or only where the envelope asks: X12 ISA14, ' +
        'EDIFACT UNB 0031.',
      ['always', 'onError', 'asked'],
    ),
    detail: word(
      'Detail',
      'Every segment and element that is wrong, or only the verdict on each message.',
      ['full', 'verdict'],
    ),
    per: word(
      'Per',
      'X12: one interchange of ours for each group that is answered, or one for all groups of ' +
        'an interchange. A CONTRL always speaks of a whole interchange.',
      ['group', 'interchange'],
    ),
    errors: word(
      'Errors',
      'Reject a message whose segments or elements are wrong, or take it and tell its errors: ' +
        'AK5 E and AK9 E. EDIFACT has no such word: there the message counts as accepted. What ' +
        'is wrong with envelopes, counts and control numbers is always rejected.',
      ['reject', 'acceptWithErrors'],
    ),
    rejects: word(
      'A bad message rejects',
      'Itself alone, its whole group (X12 GS, EDIFACT UNG), or its whole interchange.',
      ['message', 'group', 'interchange'],
    ),
  },
  { additionalProperties: false, title: 'Acknowledge with' },
);
export type AcknowledgeFile = Static<typeof acknowledgeSchema>;
