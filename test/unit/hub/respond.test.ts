import { expect } from 'chai';
import type { Setup } from '../../../src/hub/parts.ts';
import { responseAgreement } from '../../../src/hub/respond.ts';
import { HubError } from '../../../src/model/errors.ts';
import { agreement, connector, setupOf } from '../../support/hub-setup.ts';

const response = ['applicationResponse'];
const documents = {
  'x12/004010/824': response,
  'edifact/D96A/APERAK': response,
  'x12/004010/810': ['invoice'],
};

const named = (outbound: readonly string[], answered: string, setup?: Setup) => {
  const partner = connector({ outbound: outbound.map((key) => agreement(key)) });
  const found = responseAgreement(setup ?? setupOf([partner], { documents }), partner, answered);
  return found?.message.name;
};

describe('the agreement by which a partner is told', () => {
  it('is of the standard that is answered, where there are two', () => {
    const both = ['x12/004010/810', 'x12/004010/824', 'edifact/D96A/APERAK'];
    expect(named(both, 'x12/004010/850')).to.equal('824');
    expect(named(both, 'edifact/D96A/ORDERS')).to.equal('APERAK');
    expect(named(['x12/004010/824'], 'edifact/D96A/ORDERS')).to.equal('824');
  });

  it('is none where no mapping of theirs writes responses', () => {
    expect(named(['x12/004010/810'], 'x12/004010/850')).to.equal(undefined);
  });

  it('is found beside a mapping that cannot be compiled', () => {
    const get = (name: string) => {
      if (name === 'x12/004010/810') throw new HubError('config-invalid', 'It is broken.');
      return { documents: response };
    };
    const setup = { ...setupOf([]), mappings: { get } } as unknown as Setup;
    expect(named(['x12/004010/810', 'x12/004010/824'], 'x12/004010/850', setup)).to.equal('824');
    expect(named(['x12/004010/810'], 'x12/004010/850', setup)).to.equal(undefined);
  });
});
