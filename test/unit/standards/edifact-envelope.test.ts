/** What UNB and UNG say is judged by the service segments of their syntax: one fault, one finding. */
import { expect } from 'chai';
import type { GroupEnvelope, InterchangeEnvelope as Unb } from '../../../src/model/envelope.ts';
import type { Finding } from '../../../src/model/finding.ts';
import { acknowledgedAs } from '../../../src/standards/acknowledge/error-codes.ts';
import type { EnvelopePolicy } from '../../../src/standards/envelope/header-findings.ts';
import { mixedFindings } from '../../../src/standards/envelope/mixed-levels.ts';
import { strictPolicy } from '../../../src/standards/policy.ts';
import { decodeEdi } from '../../support/check-file.ts';
import { envelopeJudge } from '../../support/envelope-judge.ts';

function judge(text: string, policy: EnvelopePolicy = {}): readonly Finding[] {
  const found: Finding[] = [];
  const judgeEvent = envelopeJudge(policy);
  decodeEdi(Buffer.from(text, 'latin1'), (event) => {
    if ('findings' in event) found.push(...event.findings);
    found.push(...judgeEvent(event));
  });
  return found;
}

const unb3 = 'UNB+UNOC:3+US:14:ROUTE+THEM:14+260301:1405+77++INVOIC+A+1+EANCOM+1';
const unb4 = 'UNB+UNOC:4:40102:2+US:14:DEPT:SUB+THEM:14+20260301:1405+77';
const ung3 = 'UNG+INVOIC+US:14+THEM:14+260301:1405+5+UN+D:96A:EAN008';

/** A good interchange around these headers. */
function around(unb: string, ung = ung3): string {
  const body = "UNH+1+INVOIC:D:96A:UN:EAN008'UNT+2+1'";
  const control = unb.split('+')[5] ?? '';
  const group = ung.split('+')[5] ?? '';
  return `${unb}'${ung}'${body}UNE+1+${group}'UNZ+1+${control}'`;
}

/** What is done to a good header; the code, place and severity of its one finding. */
const cases: Readonly<Record<string, readonly [text: string, ...finding: string[]]>> = {
  'no charset': [around(unb3.replace('UNOC:3', ':3')), 'element-missing', 'UNB01-1', 'error'],
  'no sender': [around(unb3.replace('US:14:ROUTE', '')), 'element-missing', 'UNB02', 'error'],
  'only a qualifier': [around(unb3.replace('THEM', '')), 'element-missing', 'UNB03-1', 'error'],
  'an id of 36': [
    around(unb3.replace('+US', `+${'X'.repeat(36)}`)),
    'element-too-long',
    'UNB02-1',
    'error',
  ],
  'a long qualifier': [
    around(unb3.replace(':14+2', ':14141+2')),
    'element-too-long',
    'UNB03-2',
    'warning',
  ],
  'no day': [around(unb3.replace('260301', '260230')), 'envelope-date', 'UNB04-1', 'warning'],
  'a year of four digits': [
    around(unb3.replace('260301', '20260301')),
    'envelope-date',
    'UNB04-1',
    'warning',
  ],
  'no time': [around(unb3.replace('1405', '2505')), 'envelope-time', 'UNB04-2', 'warning'],
  'no control number': [around(unb3.replace('+77', '+')), 'element-missing', 'UNB05', 'error'],
  'a long control number': [
    around(unb3.replace('+77', '+123456789012345')),
    'element-too-long',
    'UNB05',
    'error',
  ],
  'a priority of two': [
    around(unb3.replace('+A+', '+AB+')),
    'element-too-long',
    'UNB08',
    'warning',
  ],
  'a word for 0031': [around(unb3.replace('+A+1', '+A+Y')), 'element-number', 'UNB09', 'warning'],
  'more than UNB has': [around(`${unb3}+X`), 'element-too-many', 'UNB12', 'warning'],
  'S002 of syntax 4 in 3': [
    around(unb3.replace(':ROUTE', ':ROUTE:SUB')),
    'component-too-many',
    'UNB02-4',
    'warning',
  ],
  'a year of two in syntax 4': [
    around(unb4.replace('20260301', '260301'), ung3.replace('260301', '20260301')),
    'envelope-date',
    'UNB04-1',
    'warning',
  ],
  'a group without number': [
    around(unb3, ung3.replace('+5+', '++')),
    'element-missing',
    'UNG05',
    'error',
  ],
  'a group without sender': [
    around(unb3, ung3.replace('US:14', '')),
    'element-missing',
    'UNG02',
    'warning',
  ],
  'a group of other messages': [
    around(unb3, ung3.replace('+INVOIC', '+ORDERS')),
    'group-kind',
    'UNG01',
    'warning',
  ],
  'a group on no day': [
    around(unb3, ung3.replace('260301', '261301')),
    'envelope-date',
    'UNG04-1',
    'warning',
  ],
};

describe('UNB and UNG', () => {
  it('are without findings in syntax 3 and 4', () => {
    expect(judge(around(unb3))).to.deep.equal([]);
    const ung4 = ung3.replace('260301', '20260301');
    expect(judge(around(unb4, ung4))).to.deep.equal([]);
    expect(judge(around(unb3.replace('UNOC:3', 'UNOA:1')))).to.deep.equal([]);
  });

  for (const [name, [text, ...wanted]] of Object.entries(cases)) {
    it(`with ${name}`, () => {
      const told = judge(text).map(({ code, place, severity }) => [
        ...[code, place.path.split(' / ').at(-1), severity],
      ]);
      expect(told).to.deep.equal([wanted]);
    });
  }

  it('of an interchange with messages in groups and in none are told', () => {
    const [group, none] = [
      { envelope: { control: '5' } as GroupEnvelope },
      { envelope: undefined },
    ];
    const codes = (groups: readonly { envelope: GroupEnvelope | undefined }[], policy = {}) =>
      mixedFindings({ standard: 'edifact', control: '7', start: 0 } as Unb, groups, policy).map(
        ({ code, severity }) => `${severity} ${code}`,
      );
    expect(codes([group, none])).to.deep.equal(['warning levels-mixed']);
    expect(codes([none, group], strictPolicy.severities)).to.deep.equal(['error levels-mixed']);
    expect([...codes([group, group]), ...codes([none]), ...codes([])]).to.deep.equal([]);
    expect(acknowledgedAs['levels-mixed']?.syntax).to.equal('30');
  });

  it('have a code for CONTRL in every fault', () => {
    for (const [, code] of Object.values(cases)) {
      expect(acknowledgedAs[code as Finding['code']]?.syntax, code).to.match(/^\d+$/);
    }
  });

  it('are judged as the policy asks', () => {
    const text = around(unb3.replace('260301', '260230'));
    const { severities } = strictPolicy;
    expect(judge(text, { severities })[0]?.severity).to.equal('error');
    expect(judge(text, { severities: { 'envelope-date': 'ignore' } })).to.deep.equal([]);
  });

  it('say a date that is the same in both once, and one that lies years away', () => {
    const both = around(unb3.replace('260301', '260230'), ung3.replace('260301', '260230'));
    expect(judge(both)).to.have.length(1);
    const [finding] = judge(around(unb3), { now: '2036-03-01T12:00:00.000Z' });
    expect(finding?.text).to.match(/UNB04-1 is "260301".*years before/);
  });
});
