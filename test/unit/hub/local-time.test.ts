import { expect } from 'chai';
import { localTime } from '../../../src/model/zoned.ts';

describe('local time', () => {
  it('is told of each second and zone by itself', () => {
    const chicago = { text: '2026-03-01T06:30:01', offset: '-06:00' };
    expect(localTime('2026-03-01T12:30:01.200Z', 'America/Chicago')).to.deep.equal(chicago);
    expect(localTime('2026-03-01T12:30:01.900Z', 'America/Chicago')).to.deep.equal(chicago);
    const kolkata = { text: '2026-03-01T18:00:01', offset: '+05:30' };
    expect(localTime('2026-03-01T12:30:01.900Z', 'Asia/Kolkata')).to.deep.equal(kolkata);
    const summer = { text: '2026-07-01T07:30:02', offset: '-05:00' };
    expect(localTime('2026-07-01T12:30:02Z', 'America/Chicago')).to.deep.equal(summer);
  });

  it('refuses a zone that there is not', () => {
    expect(() => localTime('2026-03-01T12:30:01Z', 'America/Nowhere')).to.throw(RangeError);
  });
});
