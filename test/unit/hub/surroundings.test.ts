import { expect } from 'chai';
import { surroundings } from '../../../src/hub/surroundings.ts';

describe('ids', () => {
  it('are of 26 letters, never the same, and never go backwards', () => {
    const { makeId } = surroundings();
    const made = Array.from({ length: 20_000 }, makeId);
    expect(made.every((id) => /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(id))).to.equal(true);
    expect(new Set(made).size).to.equal(made.length);
    expect(made.toSorted()).to.deep.equal(made);
  });

  it('begin with their time', () => {
    const before = Date.now();
    const id = surroundings().makeId();
    const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    const ms = [...id.slice(0, 10)].reduce((sum, letter) => sum * 32 + letters.indexOf(letter), 0);
    expect(ms).to.be.within(before, Date.now());
  });
});
