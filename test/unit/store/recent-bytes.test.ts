import { expect } from 'chai';
import { RecentBytes } from '../../../src/store/recent-bytes.ts';

describe('recent bytes', () => {
  it('are found by their digest', () => {
    const recent = new RecentBytes();
    recent.add('a', Buffer.from('one'));
    expect(recent.get('a')?.toString()).to.equal('one');
    expect(recent.get('b')).to.equal(undefined);
  });

  it('give way to newer ones past 4 MB, and large ones are not kept', () => {
    const recent = new RecentBytes();
    const piece = new Uint8Array(64 * 1024);
    for (let n = 0; n < 65; n += 1) recent.add(`${n}`, piece);
    expect(recent.get('0')).to.equal(undefined);
    expect(recent.get('1')).to.equal(piece);
    expect(recent.get('64')).to.equal(piece);
    recent.add('large', new Uint8Array(64 * 1024 + 1));
    expect(recent.get('large')).to.equal(undefined);
  });
});
