import { expect } from 'chai';
import type { Finding } from '../../../src/model/finding.ts';
import { strictPolicy } from '../../../src/standards/policy.ts';
import { checkFile, x12File } from '../../support/check-file.ts';

const order = ['BEG*00*SA*PO-1**20240229', 'PO1*1*10*ZY*2.5**UP*012345678905', 'CTT*1'];

function findingsOf(bytes: Buffer, policy = {}): readonly Finding[] {
  const [message] = checkFile(bytes, { policy: { findingsMax: 100, ...policy } });
  if (message === undefined) throw new Error('no message');
  return message.findings;
}

describe('checkMessage', () => {
  it('tells the codes of unlisted values as the policy says', () => {
    const severity = (policy: object) => findingsOf(x12File('850', order), policy)[0]?.severity;
    expect(severity({})).to.equal('warning');
    expect(severity(strictPolicy)).to.equal('error');
    expect(severity({ severities: { 'element-code': 'ignore' } })).to.equal(undefined);
  });

  it('tells the first hundred faults and counts the others', () => {
    const lines = Array.from({ length: 300 }, (_, index) => `PO1*${index + 1}*x*EA*1`);
    const findings = findingsOf(x12File('850', [order[0] as string, ...lines]));
    expect(findings).to.have.length(101);
    expect(findings.at(-1)).to.deep.include({ code: 'findings-cut', severity: 'error' });
    expect(findings.at(-1)?.text).to.match(/^200 more/);
  });

  it('counts more warnings as a warning', () => {
    const lines = Array.from({ length: 200 }, (_, index) => `PO1*${index + 1}*1*ZY*1`);
    const findings = findingsOf(x12File('850', [order[0] as string, ...lines]));
    expect(findings.at(-1)).to.deep.include({ code: 'findings-cut', severity: 'warning' });
  });

  it('points at the bytes of the value', () => {
    const bytes = x12File('850', order);
    const [finding] = findingsOf(bytes);
    const { start, end } = finding?.place ?? {};
    expect(bytes.toString('latin1', start, end)).to.equal('ZY');
    expect(finding?.place).to.deep.include({ segment: 3, tag: 'PO1', element: 3, message: '0001' });
    expect(finding?.place.path).to.equal('ST 0001 / PO1[1] / PO103');
  });

  it('keeps values of findings short and free of the message', () => {
    const long = ['BEG*00*SA*PO-1**20240229', `PO1*1*10*EA*2.5**UP*${'9'.repeat(5000)}`];
    const [finding] = findingsOf(x12File('850', long));
    expect(finding?.value).to.have.length(200);
    expect(finding?.text.length).to.be.lessThan(200);
  });

  it('forgets one message when it checks the next', () => {
    const [good, bad] = [x12File('850', order), x12File('850', [order[1] as string])];
    const codes = [good, bad, good].map((it) => findingsOf(it).map(({ code }) => code));
    expect(codes[2]).to.deep.equal(codes[0]);
    expect(codes[1]).to.include('segment-missing');
  });

  it('stays bounded with segments that have no place', () => {
    const body = Array.from({ length: 20_000 }, () => 'N3*X');
    const findings = findingsOf(x12File('850', [order[0] as string, ...body]));
    expect(findings.map((it) => it.code)).to.deep.equal(['segment-missing', 'segment-missing']);
  });

  it('nests no deeper than 32 levels', () => {
    const levels = Array.from({ length: 50 }, (_, index) => `HL*${index + 1}*${index || ''}*P`);
    const bytes = x12File('856', ['BSN*00*SH12*20240301*1405', ...levels], { group: 'SH' });
    const [message] = checkFile(bytes);
    let depth = 0;
    for (let node = message?.checked.root; node !== undefined; depth += 1)
      node = node.children.at(-1);
    expect(depth).to.be.lessThan(35);
    expect(message?.findings[0]?.code).to.equal('hl-too-deep');
  });
});

describe('checkMessage on messages of many faulty segments', () => {
  const times = 200_000;
  const [begin = ''] = order;
  const bodies: Readonly<Record<string, readonly string[]>> = {
    'that come late': [begin, 'PO1*1', 'CTT*1', ...Array(times).fill('REF*DP*1')],
    'that are late loops': [begin, 'PO1*1', 'CTT*1', ...Array(times).fill('N9*ZZ*1')],
    'that have no place': [begin, ...Array(times).fill('N3*X')],
    'that nobody knows': [begin, ...Array(times).fill('ZZZ*X')],
    'that lack what is mandatory': [begin, ...Array(times).fill('LM*ZZ')],
  };
  for (const [name, body] of Object.entries(bodies)) {
    it(`ends soon with segments ${name}`, function () {
      this.timeout(4000);
      expect(findingsOf(x12File('850', body)).length).to.be.within(1, 101);
    });
  }
});
