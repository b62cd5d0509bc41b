import { expect } from 'chai';
import type { DocumentResponse } from '../../../src/documents/application-response.ts';
import { readResponses } from '../../../src/hub/read-responses.ts';
import type { AcceptedMessage } from '../../../src/model/store.ts';
import { connector } from '../../support/hub-setup.ts';

const accepted = { transfer: 'T1', message: 'x12/004010/824' } as AcceptedMessage;
const read = (...responses: DocumentResponse[]) =>
  readResponses(
    { document: 'applicationResponse', responses },
    accepted,
    connector({ name: 'Acme' }),
  );
const verdict = (response: string): string | undefined => read({ response })[0]?.verdict;

describe('an application response that comes in', () => {
  it('accepts, rejects, or says neither', () => {
    const words = ['accepted', 'acceptedWithErrors', 'itemAccepted', 'changed', 'groupChanged'];
    expect(words.map(verdict)).to.deep.equal(words.map(() => 'accepted'));
    const noes = ['rejected', 'itemRejected', 'batchRejected', 'partly', 'groupPartly'];
    expect(noes.map(verdict)).to.deep.equal(noes.map(() => 'rejected'));
    expect(verdict('x12:ZZ')).to.equal(undefined);
    expect(read({ number: '1' })).to.deep.equal([]);
  });

  it('rejects where it tells errors and not what follows from them', () => {
    const [answer] = read({ type: 'invoice', number: 'INV-1', findings: [{ code: 'missing' }] });
    expect(answer).to.include({ verdict: 'rejected', code: '824 with errors', text: 'missing' });
  });

  it('names each document by its control numbers, where both are told, and by its number', () => {
    const [one, two, three] = read(
      { response: 'rejected', type: 'invoice', number: 'A', group: '7', control: '0001' },
      { response: 'rejected', type: 'x12:ZZ', number: 'B', control: '0002', message: '810' },
      { response: 'rejected', type: 'applicationResponse', number: 'C', message: '8%0' },
    );
    expect(one).to.include({ group: '7', message: '0001', connector: 'acme', transfer: 'T1' });
    expect(one?.document).to.deep.equal({ number: 'A', kinds: ['invoice'], message: undefined });
    expect(two).to.not.have.any.keys('group', 'message');
    expect(two?.document).to.include({ number: 'B', message: '810' });
    expect(two?.document?.kinds).to.include('order').and.not.include('applicationResponse');
    expect(three?.document?.message).to.equal(undefined);
  });

  it('is told in sentences, also without a reason', () => {
    const texts = (one: DocumentResponse) =>
      read(one)[0]?.findings?.map(({ code, text }) => `${code}: ${text}`);
    expect(texts({ response: 'rejected', type: 'invoice', number: '1' })).to.deep.equal([
      'response-rejects: Acme rejects invoice 1 by its 824: without a reason.',
    ]);
    const findings = [{ code: 'notMatching', line: '2', lines: ['Price', 'differs.'] }];
    expect(
      texts({ response: 'acceptedWithErrors', type: 'invoice', number: '1', findings }),
    ).to.deep.equal([
      'response-notes: Acme notes a fault in invoice 1 by its 824: notMatching, line 2: Price differs.',
    ]);
    expect(texts({ response: 'accepted', number: '1' })).to.deep.equal([]);
  });
});
