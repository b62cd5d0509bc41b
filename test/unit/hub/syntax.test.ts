import { expect } from 'chai';
import { syntaxFor } from '../../../src/hub/syntax.ts';
import type { Syntax } from '../../../src/model/envelope.ts';
import { agreement } from '../../support/hub-setup.ts';

const theirs: Syntax = {
  version: '00501',
  charset: 'latin1',
  element: '|',
  component: ':',
  repetition: '^',
  terminator: '\u001d',
  decimalMark: '.',
};

describe('syntaxFor', () => {
  it("is the standard's usual one by itself", () => {
    expect(syntaxFor('x12', undefined, undefined)).to.include({ element: '*', terminator: '~' });
    expect(syntaxFor('edifact', undefined, undefined)).to.include({ element: '+', release: '?' });
    expect(syntaxFor('json', undefined, undefined)).to.include({ charset: 'utf8', element: '' });
  });

  it('mirrors what is answered', () => {
    expect(syntaxFor('x12', undefined, theirs)).to.deep.equal(theirs);
  });

  it('of EDIFACT syntax 4 has a repetition separator, unless what is answered has none', () => {
    const agreed = agreement('edifact/D01B/ORDRSP', { syntax: { version: '4' } });
    expect(syntaxFor('edifact', agreed, undefined)).to.include({ version: '4', repetition: '*' });
    const { repetition: _, ...without } = { ...theirs, version: '4', release: '?' };
    expect(syntaxFor('edifact', undefined, without)).not.to.have.property('repetition');
  });

  it('does not mirror separators that are of several bytes or none of ASCII', () => {
    for (const element of ['§', '||', '€']) {
      const syntax = syntaxFor('x12', undefined, { ...theirs, element });
      expect(syntax).to.include({ element: '*', terminator: '~' });
    }
  });

  it('is as agreed before all', () => {
    const agreed = agreement('x12/004010/810', { syntax: { element: '!', inData: ' ' } });
    expect(syntaxFor('x12', agreed, undefined)).to.deep.include({
      element: '!',
      terminator: '~',
      inData: { replace: ' ' },
    });
    const refusing = agreement('x12/004010/810', { syntax: { inData: 'refuse' } });
    expect(syntaxFor('x12', refusing, theirs)).to.include({ element: '|', inData: 'refuse' });
  });
});
