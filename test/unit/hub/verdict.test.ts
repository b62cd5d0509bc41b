import { expect } from 'chai';
import type { ExaminedGroup, ExaminedInterchange } from '../../../src/hub/examine.ts';
import { faultPoints } from '../../../src/hub/fault-points.ts';
import { LevelLimit } from '../../../src/hub/level-limit.ts';
import { checkedInterchange, overrule } from '../../../src/hub/verdict.ts';
import type { CodecEvent } from '../../../src/model/codec.ts';
import type { Finding } from '../../../src/model/finding.ts';
import { nothingCut } from '../../../src/model/findings-cut.ts';

const fault: Finding = {
  code: 'duplicate',
  severity: 'error',
  fault: 'partner',
  place: { path: '' },
  text: '',
};
const group = (from: number, states: readonly string[], own = {}): ExaminedGroup =>
  ({
    index: 0,
    envelope: {},
    from,
    outcomes: states.map((state) => ({ state })),
    findings: [],
    counted: undefined,
    ...own,
  }) as unknown as ExaminedGroup;
const interchange = (groups: readonly ExaminedGroup[], own = {}): ExaminedInterchange =>
  ({
    index: 0,
    part: 0,
    envelope: {},
    from: 0,
    groups,
    findings: [],
    end: 9,
    left: { room: 1000, cut: nothingCut },
    messages: groups.reduce((sum, { outcomes }) => sum + outcomes.length, 0),
    state: 'accepted',
    ...own,
  }) as unknown as ExaminedInterchange;

describe('overrule', () => {
  it('leaves messages as they are where nothing above them is wrong', () => {
    expect(overrule(interchange([group(0, ['accepted', 'rejected'])]))).to.deep.equal([]);
  });

  it('rejects the messages of a group that is wrong, and no others', () => {
    const groups = [group(0, ['accepted']), group(1, ['accepted', 'held'], { findings: [fault] })];
    expect(overrule(interchange(groups))).to.deep.equal([{ from: 1, to: 3, state: 'rejected' }]);
  });

  it('gives all messages the state of an interchange that is not accepted', () => {
    const held = interchange([group(5, ['accepted', 'accepted'])], { from: 5, state: 'held' });
    expect(overrule(held)).to.deep.equal([{ from: 5, to: 7, state: 'held' }]);
  });
});

describe('checkedInterchange', () => {
  const states = (one: ExaminedInterchange) =>
    checkedInterchange(one, false).groups.map(({ state, accepted }) => `${state} ${accepted}`);

  it('says of each group how much of it was accepted', () => {
    const groups = [group(0, ['accepted']), group(1, ['accepted', 'rejected'])];
    expect(states(interchange(groups))).to.deep.equal(['accepted 1', 'partly 1']);
    expect(states(interchange(groups, { state: 'rejected' }))).to.deep.equal([
      'rejected 0',
      'rejected 0',
    ]);
  });

  it('leaves out groups that have no envelope', () => {
    expect(states(interchange([group(0, ['accepted'], { envelope: undefined })]))).to.be.empty;
  });

  it('keeps as many findings as there is room for, and says how many more there are', () => {
    const findings = Array.from({ length: 30 }, () => fault);
    const left = { room: 40, cut: { count: 5, severity: 'warning' } };
    const of = interchange([group(0, [], { findings })], { findings, left });
    const checked = checkedInterchange(of, false);
    expect(checked.findings).to.have.length(31);
    expect(checked.findings.at(-1)).to.deep.include({
      code: 'findings-cut',
      severity: 'error',
      text: '25 more faults of this interchange are not listed.',
      value: '25',
    });
    expect(checked.groups[0]?.findings).to.have.length(10);
  });
});

describe('LevelLimit', () => {
  const count = (is: string, times: number) => () => {
    const limit = new LevelLimit();
    for (let time = 0; time < times; time++) limit.count({ is } as unknown as CodecEvent);
  };
  it('lets so many pass and not one more', () => {
    expect(count('message', 200_000)).not.to.throw();
    expect(count('message', 200_001)).to.throw('It holds more than 200000 messages');
    expect(count('interchange', 10_001)).to.throw('It holds more than 10000 interchanges');
    expect(count('groupEnd', 300_000)).not.to.throw();
  });
});

describe('faultPoints', () => {
  it('does nothing without the variable, and nothing at another point or too early', () => {
    for (const setting of [
      undefined,
      '',
      'send:1',
      'settle:1:/nowhere/marker',
      'send:9:/nowhere/m',
    ]) {
      expect(() => faultPoints(setting)('send')).not.to.throw();
    }
  });
});
