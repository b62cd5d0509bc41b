/** The codes of acknowledgements in our own words, for people. */
type Words = Readonly<Record<string, string>>;

/** `1 (unknown segment)`; a code that is not listed stays alone. */
export const words = (table: Words, code: string): string =>
  Object.hasOwn(table, code) ? `${code} (${table[code]})` : code;

export const ak3Words: Words = {
  1: 'unknown segment',
  2: 'segment not expected',
  3: 'mandatory segment missing',
  4: 'loop too often',
  5: 'segment too often',
  6: 'segment not in this set',
  7: 'segment out of sequence',
  8: 'elements in error',
  I4: 'segment not used in the guide',
  I6: 'segment missing that the guide asks for here',
  I7: 'loop too seldom for the guide',
  I8: 'segment too seldom for the guide',
  I9: 'segment that the guide forbids here',
};

export const ak4Words: Words = {
  1: 'mandatory element missing',
  2: 'conditionally required element missing',
  3: 'too many elements',
  4: 'too short',
  5: 'too long',
  6: 'character not allowed',
  7: 'code not valid',
  8: 'date not valid',
  9: 'time not valid',
  10: 'excluded by another element',
  12: 'too many repetitions',
  13: 'too many components',
  I6: 'code not used in the guide',
  I9: 'element missing that the guide asks for here',
  I10: 'element not used in the guide',
  I11: 'too few repetitions for the guide',
  I12: 'not of the form that the guide asks for',
  I13: 'element that the guide forbids here',
};

export const ak5Words: Words = {
  1: 'set not supported',
  2: 'trailer missing',
  3: 'control numbers differ',
  4: 'segment count wrong',
  5: 'segments in error',
  6: 'set identifier missing or wrong',
  7: 'control number missing or wrong',
  23: 'control number used twice in the group',
  I5: 'segments in error by the guide',
  I6: 'guide not supported',
};

export const ak9Words: Words = {
  1: 'group not supported',
  2: 'version not supported',
  3: 'group trailer missing',
  4: 'group control numbers differ',
  5: 'set count wrong',
  6: 'group control number wrong',
  19: 'control number used twice in the interchange',
};

/** 0085. */
export const syntaxWords: Words = {
  2: 'syntax not supported',
  7: 'not the recipient',
  12: 'value not valid',
  13: 'missing',
  14: 'value not supported here',
  15: 'not supported here',
  16: 'too many constituents',
  17: 'no agreement',
  18: 'error not specified',
  19: 'decimal notation wrong',
  20: 'not usable as service character',
  21: 'character not allowed',
  22: 'service character wrong',
  23: 'sender unknown',
  24: 'too old',
  25: 'test not supported',
  26: 'duplicate',
  27: 'security function not supported',
  28: 'references differ',
  29: 'count differs',
  30: 'groups and messages mixed',
  31: 'several message types in a group',
  32: 'nothing inside',
  33: 'outside message or group',
  34: 'nesting indicator not allowed',
  35: 'element or segment too often',
  36: 'segment group too often',
  37: 'wrong type of character',
  38: 'no digit before decimal mark',
  39: 'too long',
  40: 'too short',
  43: 'recipient unknown',
  45: 'trailing separator',
  46: 'character set not supported',
};
