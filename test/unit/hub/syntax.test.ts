/** In which syntax an answer is written. */
import { expect } from 'chai';
import { syntaxFor } from '../../../src/hub/syntax.ts';
import type { Syntax } from '../../../src/model/envelope.ts';

const theirs: Syntax = {
  version: '00401',
  charset: 'utf8',
  element: '|',
  component: '<',
  terminator: '\r',
  decimalMark: '.',
};

describe('the syntax of an answer', () => {
  it('has the separators of what is answered', () => {
    const { element, component, terminator } = syntaxFor('x12', undefined, theirs);
    expect([element, component, terminator]).to.deep.equal(['|', '<', '\r']);
  });

  it('has the usual ones where theirs have several bytes or are none of ASCII', () => {
    for (const odd of [{ component: '\xc2\xa6' }, { terminator: ' \r' }, { element: '\xa6' }]) {
      const { element, component, terminator } = syntaxFor('x12', undefined, { ...theirs, ...odd });
      expect([element, component, terminator]).to.deep.equal(['*', '>', '~']);
    }
  });
});
