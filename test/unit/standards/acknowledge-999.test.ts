/** 999: what the standard and what a partner's guide forbid, each with its own code. */
import { expect } from 'chai';
import { x12 } from '../../../src/codecs/x12/index.ts';
import type { FindingCode } from '../../../src/model/catalogue.ts';
import type { Finding, Place } from '../../../src/model/finding.ts';
import type { ContentData } from '../../../src/model/message.ts';
import type { MessageOutcome } from '../../../src/standards/acknowledge/outcome.ts';
import { readAcknowledgement } from '../../../src/standards/acknowledge/read.ts';
import { write999 } from '../../../src/standards/acknowledge/write-functional.ts';
import { strictPolicy } from '../../../src/standards/policy.ts';
import { checkFile, standards } from '../../support/check-file.ts';

const type999 = { standard: 'x12', version: '005010', name: '999', association: 'X231A1' };

function encoded(content: ContentData): Buffer {
  const bytes = x12.encode({
    ...{ standard: 'x12', control: '9', preparedAt: '2026-03-01T12:00:00', offset: '+00:00' },
    sender: { qualifier: 'ZZ', id: 'TRADELANE' },
    receiver: { qualifier: 'ZZ', id: 'ACMERETAIL' },
    ...{ isTest: false, wantsAcknowledgement: false },
    syntax: {
      ...{ version: '00501', charset: 'latin1', element: '*', component: ':', repetition: '^' },
      ...{ terminator: '~', decimalMark: '.' },
    },
    groups: [
      {
        ...{ functionalId: 'FA', control: '9', sender: 'TRADELANE', receiver: 'ACMERETAIL' },
        version: '005010X231A1',
        messages: [{ type: type999, control: '0001', content }],
      },
    ],
  });
  return Buffer.from(bytes);
}

/** Segments between ST and SE, once our own reader found nothing wrong with them. */
function written(...messages: readonly MessageOutcome[]): readonly string[] {
  const group = { functionalId: 'PO', control: '7', version: '005010X999', counted: 1 };
  const bytes = encoded(write999({ ...group, findings: [], messages }, { standards }));
  const found = checkFile(bytes, { policy: strictPolicy }).flatMap(({ findings }) => findings);
  expect(found.map(({ text }) => text)).to.deep.equal([]);
  const segments = bytes.toString('latin1').split('~');
  return segments.slice(3, -4);
}

const finding = (
  code: FindingCode,
  place: Partial<Place>,
  more: Partial<Finding> = {},
): Finding => ({
  ...{ code, severity: 'error', fault: 'partner', text: '' },
  place: { path: '', ...place },
  ...more,
});

const message = (...findings: readonly Finding[]): MessageOutcome => ({
  type: { standard: 'x12', version: '005010', name: '850', association: 'X999' },
  control: '0001',
  state: findings.length > 0 ? 'rejected' : 'accepted',
  convention: '005010X999',
  findings,
});

const trigger = { path: '', segment: 2, tag: 'BEG', element: 2 };

describe('999', () => {
  it('repeats the version of the group and the guide of each set', () => {
    expect(written(message())).to.deep.equal([
      'AK1*PO*7*005010X999',
      'AK2*850*0001*005010X999',
      'IK5*A',
      'AK9*A*1*1*1',
    ]);
  });

  const ofSegments: readonly (readonly [FindingCode, string])[] = [
    ['segment-unknown', '1'],
    ['segment-unexpected', '2'],
    ['segment-missing', '3'],
    ['loop-repeats', '4'],
    ['segment-repeats', '5'],
    ['segment-not-in-message', '6'],
    ['segment-misplaced', '7'],
    ['rule-segment-missing', '3'],
    ['rule-segment-not-used', 'I4'],
    ['rule-segment-repeats', '5'],
    ['rule-segment-required-by-another', 'I6'],
    ['rule-segment-too-few', 'I8'],
    ['rule-segment-excluded', 'I9'],
  ];
  for (const [code, ik3] of ofSegments) {
    it(`tells ${code} as IK304 ${ik3}`, () => {
      const lines = written(message(finding(code, { segment: 4, tag: 'N1' })));
      expect(lines.slice(2, -1)).to.deep.equal([`IK3*N1*4**${ik3}`, `IK5*R*${setCode(code)}`]);
    });
  }

  const ofElements: readonly (readonly [FindingCode, string, string])[] = [
    ['element-missing', '1', ''],
    ['element-required-by-another', '2', ''],
    ['element-too-many', '3', 'X1'],
    ['element-too-short', '4', 'X1'],
    ['element-too-long', '5', 'X1'],
    ['element-character', '6', ''],
    ['element-code', '7', 'X1'],
    ['element-date', '8', 'X1'],
    ['element-time', '9', 'X1'],
    ['element-excluded', '10', 'X1'],
    ['element-repeats', '12', 'X1'],
    ['component-too-many', '13', 'X1'],
    ['rule-element-missing', '1', ''],
    ['rule-element-code', 'I6', 'X1'],
    ['rule-element-required-by-another', 'I9', ''],
    ['rule-element-not-used', 'I10', 'X1'],
    ['rule-element-excluded', 'I13', 'X1'],
    ['rule-element-too-short', '4', 'X1'],
    ['rule-element-too-long', '5', 'X1'],
  ];
  for (const [code, ik4, copy] of ofElements) {
    it(`tells ${code} as IK403 ${ik4}`, () => {
      const place = { segment: 4, tag: 'N1', element: 3 };
      // A bad character is never copied.
      const value = copy === '' && ik4 !== '6' ? {} : { value: 'X1' };
      const lines = written(message(finding(code, place, value)));
      const note = `IK4*3*66*${ik4}*${copy}`.replace(/\*$/, '');
      expect(lines.slice(2, -1)).to.deep.equal(['IK3*N1*4**8', note, `IK5*R*${setCode(code)}`]);
    });
  }

  it('tells what made it a fault, after the segment or the element', () => {
    const because = { because: trigger };
    const lines = written(
      message(
        finding('rule-segment-required-by-another', { segment: 4, tag: 'N1' }, because),
        finding('rule-element-required-by-another', { segment: 5, tag: 'N1', element: 4 }, because),
      ),
    );
    expect(lines.slice(2, -2)).to.deep.equal([
      'IK3*N1*4**I6',
      'CTX*SITUATIONAL TRIGGER*BEG*2**2',
      'IK3*N1*5**8',
      'IK4*4*67*I9',
      'CTX*SITUATIONAL TRIGGER*BEG*2**2',
    ]);
  });

  it('tells which component and which repetition is meant', () => {
    const place = { segment: 3, tag: 'REF', element: 4, component: 2, repeat: 3 };
    expect(written(message(finding('element-too-long', place, { value: 'X' })))[3]).to.equal(
      'IK4*4:2:3*127*5*X',
    );
  });

  it('says that both the standard and the guide are broken', () => {
    const lines = written(
      message(
        finding('segment-unknown', { segment: 3, tag: 'ZZZ' }),
        finding('rule-segment-not-used', { segment: 4, tag: 'N1' }),
        finding('count-wrong', { segment: 9, tag: 'SE', element: 1 }),
      ),
    );
    expect(lines.at(-2)).to.equal('IK5*R*5*I5*4');
  });

  it('is read again: the verdict on each set, and what each code means', () => {
    const content = write999(
      {
        ...{ functionalId: 'PO', control: '7', counted: 2, findings: [] },
        messages: [message(), message(finding('rule-segment-not-used', { segment: 4, tag: 'N1' }))],
      },
      { standards },
    );
    const rows: unknown[] = [];
    checkFile(encoded(content), {
      onMessage: (it) => void rows.push(...readAcknowledgement(it)),
    });
    const said = rows as readonly { readonly verdict: string; readonly text: string }[];
    expect(said.map(({ verdict }) => verdict)).to.deep.equal(['accepted', 'rejected', 'accepted']);
    expect(said[1]?.text).to.include('I4 (segment not used in the guide)');
  });
});

const setCode = (code: FindingCode): string => (code.startsWith('rule-') ? 'I5' : '5');
