import { expect } from 'chai';
import { agreementFor, identify, ourId } from '../../../src/hub/identity.ts';
import type { InterchangeEnvelope, PartyId } from '../../../src/model/envelope.ts';
import { agreement, connector, setupOf } from '../../support/hub-setup.ts';

const acme = connector({ id: 'acme', ids: { x12: 'ZZ:ACME' } });
const behindVan = connector({ id: 'behind', ids: { x12: 'ZZ:BEHIND' }, via: 'van' });
const van = connector({ id: 'van' });
const setup = setupOf([acme, behindVan, van], { us: { x12: 'ZZ:US' } });

const party = (id: string): PartyId => ({ qualifier: id === '' ? '' : 'ZZ', id });
const envelope = (sender: string, receiver = 'US', own = {}): InterchangeEnvelope =>
  ({
    standard: 'x12',
    control: '1',
    sender: party(sender),
    receiver: party(receiver),
    start: 0,
    ...own,
  }) as InterchangeEnvelope;
const told = (...given: Parameters<typeof identify>) => {
  const { partner, findings } = identify(...given);
  return [partner?.id, ...findings.map(({ code }) => code)];
};

describe('identify', () => {
  it('takes who is meant where that is who is authenticated', () => {
    expect(told(setup, acme, envelope('ACME'))).to.deep.equal(['acme']);
  });

  it('takes a partner from the network it names, and from no other', () => {
    expect(told(setup, van, envelope('BEHIND'))).to.deep.equal(['behind']);
    expect(told(setup, van, envelope('ACME'))).to.deep.equal([undefined, 'sender-not-allowed']);
    expect(told(setup, acme, envelope('BEHIND'))).to.deep.equal([undefined, 'sender-not-allowed']);
  });

  it('knows nobody by an unknown id, or by none in an EDI envelope', () => {
    expect(told(setup, acme, envelope('NOBODY'))).to.deep.equal([undefined, 'sender-unknown']);
    expect(told(setup, acme, envelope(''))).to.deep.equal([undefined, 'sender-unknown']);
  });

  it('refuses what is for somebody else', () => {
    expect(told(setup, acme, envelope('ACME', 'THEM'))).to.deep.equal(['acme', 'receiver-unknown']);
  });

  it('takes a message without an envelope as of who brought it', () => {
    const bare = envelope('', '', { standard: 'json', control: '' });
    expect(told(setup, acme, bare)).to.deep.equal(['acme']);
  });

  it('asks nobody where no connector is named', () => {
    expect(told(setup, undefined, envelope('NOBODY', 'THEM'))).to.deep.equal([undefined]);
  });
});

describe('agreementFor', () => {
  const agreements = [agreement('x12/004010/850'), agreement('x12/005010/850')];
  const type = (version: string, name: string) => ({ standard: 'x12', version, name });
  it('prefers the version, and takes another for want of it', () => {
    expect(agreementFor(agreements, type('005010', '850'))).to.equal(agreements[1]);
    expect(agreementFor(agreements, type('003040', '850'))).to.equal(agreements[0]);
    expect(agreementFor(agreements, type('004010', '860'))).to.equal(undefined);
  });
});

describe('ourId', () => {
  it('is as this partner knows us, else as everybody does', () => {
    expect(ourId(setup, acme, 'x12')).to.equal('ZZ:US');
    expect(ourId(setup, { ...acme, us: { x12: '01:9' } }, 'x12')).to.equal('01:9');
    expect(ourId(setup, acme, 'edifact')).to.equal(undefined);
  });
});
