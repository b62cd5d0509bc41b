import { expect } from 'chai';
import type { Finding } from '../../../src/model/finding.ts';
import { checkMessage } from '../../../src/standards/check.ts';
import { checkRules } from '../../../src/standards/rules/check.ts';
import { eachMessage, faultsOf, openFilesOf, removeFolders, standards } from './room.ts';

const heads: Readonly<Record<string, string>> = {
  850: 'message: x12/004010/850\ndocument: order\nbody: { BEG: { 3: number } }\n',
  856: 'message: x12/004010/856\ndocument: despatchAdvice\nbody: { BSN: { 2: number } }\n',
  ORDERS: 'message: edifact/D96A/ORDERS\ndocument: order\nbody: { BGM: { 2: number } }\n',
};
type Name = '850' | '856' | 'ORDERS';

const fileOf = (rules: string, name: Name = '850') => ({
  'map.yaml': `${heads[name]}rules:\n${rules.replace(/^/gm, '  ')}\n`,
});

function findings(rules: string, text: string, name: Name = '850'): readonly Finding[] {
  const mappings = openFilesOf(fileOf(rules, name));
  expect(mappings.check('map').map((fault) => fault.text)).to.deep.equal([]);
  const [standard, version] = name === 'ORDERS' ? ['edifact', 'D96A'] : ['x12', '004010'];
  const type = { standard, version, name };
  return eachMessage(text, type, (message) => {
    const { root } = checkMessage(message, standards.find(message.type)!.definition);
    return checkRules(mappings.partnerRules('map'), message, root);
  });
}

/** `code segment path`. */
const found = (rules: string, text: string, name?: Name): readonly string[] =>
  findings(rules, text, name).map(
    ({ code, place }) =>
      `${code.slice('rule-'.length)} ${place.segment} ${place.path.replace(/^\w+ \S+ \/ /, '')}`,
  );

const faults = (rules: string, name?: Name) =>
  faultsOf(fileOf(rules, name)).map((text) => text.replace(/^map-/, ''));

const order = 'BEG*00*DS*4711**20260301\nREF*DP*12\nN1*BY*Shop*92*1\nPO1*1*2*EA*10**UP*123\nCTT*1';

describe("a partner's rules", () => {
  after(removeFolders);

  describe('ask', () => {
    it('for segments, where the standard has them', () => {
      expect(found('- { DTM(1=002): required }', order)).to.deep.equal(['segment-missing 4 DTM']);
      expect(found('- { PO1/PID: required }', order)).to.deep.equal([
        'segment-missing 6 PO1[1] / PID',
      ]);
      expect(found('- { N1(1=BY): required, PO1/N1(1=BY): not used }', order)).to.deep.equal([]);
    });

    it('for elements where their segment stands', () => {
      expect(found('- { BEG04: required }', order)).to.deep.equal([
        'element-missing 2 BEG / BEG04',
      ]);
      expect(found('- { CUR02: required }', order)).to.deep.equal([]);
      expect(found('- { N1/N104: required, PO1/5: required }', order)).to.deep.equal([
        'element-missing 5 PO1[1] / PO105',
      ]);
    });

    it('for nothing at a place, one by one or in a run', () => {
      expect(found('- { REF: not used }', order)).to.deep.equal(['segment-not-used 3 REF[1]']);
      expect(found('- { PO106-PO125: not used }', order)).to.deep.equal([
        'element-not-used 5 PO1[1] / PO106',
        'element-not-used 5 PO1[1] / PO107',
      ]);
      expect(found('- { PO1/8-25: not used }', order)).to.deep.equal([]);
    });

    it('for codes and lengths', () => {
      expect(found('- { BEG02: only SA|NE }', order)).to.deep.equal(['element-code 2 BEG / BEG02']);
      expect(found('- { BEG03: length 1-3 }', order)).to.deep.equal([
        'element-too-long 2 BEG / BEG03',
      ]);
      expect(found('- { PO107: length 10 }', order)).to.deep.equal([
        'element-too-short 5 PO1[1] / PO107',
      ]);
    });

    it('for so many', () => {
      const two = order.replace('CTT', 'PO1*2*2*EA*10**UP*123\nCTT');
      expect(found('- { PO1: at most 1 }', two)).to.deep.equal(['segment-repeats 6 PO1[2]']);
      expect(found('- { PO1: at least 3 }', two)).to.deep.equal(['segment-too-few 7 PO1']);
      expect(found('- { PO1: at least 1 and at most 2, N1: at most 1 }', two)).to.deep.equal([]);
    });
  });

  describe('with a condition', () => {
    it('ask for what the message then needs', () => {
      const rule = '- { if: BEG02 = DS, then: N1(1=ST) and DTM(1=002) }';
      expect(found(rule, order)).to.deep.equal([
        'segment-required-by-another 4 DTM',
        'segment-required-by-another 5 N1',
      ]);
      expect(found(rule, order.replace('*DS*', '*SA*'))).to.deep.equal([]);
      expect(found(rule, `${order}`.replace('N1*BY', 'DTM*002*20260301\nN1*ST'))).to.deep.equal([]);
    });

    it('are judged in each loop that condition and consequence share', () => {
      const rule = '- { if: N103 = 92, then: N104 }';
      const text = order.replace('*92*1', '*92\nN1*ST*x*9*0614141000005\nN1*SE*y*92');
      expect(found(rule, text)).to.deep.equal([
        'element-required-by-another 4 N1[1] / N104',
        'element-required-by-another 6 N1[3] / N104',
      ]);
      const lines = order.replace('CTT', 'PO1*2*2*CA*10**UP*1\nPO4*6\nCTT');
      expect(found('- { if: PO103 = EA, then: PO1/PO4 }', lines)).to.deep.equal([
        'segment-required-by-another 6 PO1[1] / PO4',
      ]);
      expect(found('- { if: PO1/PO4, then: PO1/PO4/2 }', lines)).to.deep.equal([
        'element-required-by-another 7 PO1[2] / PO4[1] / PO402',
      ]);
    });

    it('count segments in the loop around them, not in themselves', () => {
      const lines = order.replace('CTT', 'PID*F****one\nPID*F****two\nCTT');
      expect(found('- { if: PO1/PID01 = F, then: { PO1/PID: at most 1 } }', lines)).to.deep.equal([
        'segment-repeats 7 PO1[1] / PID[2]',
      ]);
    });

    it('ask for all that lies between', () => {
      expect(found('- { if: BEG02 = DS, then: CUR02 = USD }', order)).to.deep.equal([
        'segment-required-by-another 3 CUR',
      ]);
      expect(
        found('- { if: BEG02 = DS, then: CUR02 = USD }', order.replace('REF', 'CUR*BY*EUR\nREF')),
      ).to.deep.equal(['element-code 3 CUR / CUR02']);
    });

    it('know there, not there, not that value, and all of them', () => {
      expect(found('- { if: no CUR, then: no N1(1=BY) }', order)).to.deep.equal([
        'segment-excluded 4 N1[1]',
      ]);
      expect(found('- { if: REF, then: BEG04 }', order)).to.have.length(1);
      expect(found('- { if: BEG02 != SA|NE, BEG04: required }', order)).to.have.length(1);
      expect(found('- { if: BEG02 = DS and CUR, then: BEG04 }', order)).to.deep.equal([]);
      expect(found('- { if: BEG02 = DS, then: { PO107: not used } }', order)).to.deep.equal([
        'element-excluded 5 PO1[1] / PO107',
      ]);
    });
  });

  it("say it in the partner's words, then what is wrong, why, and which rule it is", () => {
    const rules =
      '- if: BEG02 = DS\n  then: N1(1=ST)\n  say: Drop-ship orders need a ship-to (p. 7).';
    const [finding] = findings(rules, order);
    expect(finding?.text).to.match(
      /^Drop-ship orders need a ship-to \(p\. 7\): N1\(1=ST\) is missing where BEG02 = DS \(rule at .*map\.yaml:5\)\.$/,
    );
    expect(finding?.fault).to.equal('partner');
    expect(finding?.because?.path).to.equal('ST 0001 / BEG / BEG02');
    expect(findings('- { BEG02: only SA }', order)[0]?.text).to.include(
      "BEG02 is 'DS', agreed is SA",
    );
    expect(findings('- { BEG04: required, severity: warning }', order)[0]?.severity).to.equal(
      'warning',
    );
  });

  it('reach components and groups of EDIFACT', () => {
    const text = "BGM+220+4711+9'\nDTM+137:20260301:102'\nNAD+BY+123::9'\nRFF+API:7'\nUNS+S'";
    expect(
      found(
        '- { DTM(1.1=137)/DTM01-3: only 203, NAD/2.3: not used }\n- { if: NAD(1=BY), then: NAD(1=BY)/RFF(1.1=VA)/1.2 }',
        text,
        'ORDERS',
      ),
    ).to.deep.equal([
      'element-code 3 DTM[1] / DTM01-3',
      'element-not-used 4 NAD[1] / NAD02-3',
      'segment-required-by-another 6 NAD[1] / RFF',
    ]);
  });

  it('find HL levels at any depth', () => {
    const text =
      'BSN*00*1*20260301*1200\nHL*1**S\nHL*2*1*O\nPRF*1\nHL*3*2*P\nHL*4*3*I\nLIN**UP*1\nCTT*4';
    expect(found('- { HL(3=P)/MAN: required, HL(3=I)/SN1: required }', text, '856')).to.deep.equal([
      'segment-missing 7 HL[3] / MAN',
      'segment-missing 9 HL[4] / SN1',
    ]);
  });

  describe('are told wrong with line and remedy', () => {
    it('what cannot be read', () => {
      expect(faults('- { PO107: unused }')).to.deep.equal([
        'rule map.yaml:5 "unused" asks for nothing known (did you mean not used?): write required, not used, only SA|DS, length 1-10, at most 5, at least 1',
      ]);
      expect(faults('- { if: BEG02 = DS }')[0]).to.include('a rule says what it asks for');
      expect(faults('- { then: N1 }')[0]).to.include('then: has no if: beside it');
      expect(faults('- PO107 not used')[0]).to.include('a rule is a map');
      expect(faults('- { if: BEG02 = , then: N1 }')[0]).to.include('a value is missing');
      expect(faults('- { if: "N1[1=ST]", then: CUR }')[0]).to.include(
        'selection is written N1(1=ST)',
      );
      expect(faults('- { PO107: { only: UP } }')[0]).to.include('PO107: takes what is asked for');
      expect(faults('- { PO107: required, severity: bad }')[0]).to.include('error, warning, info');
      expect(faultsOf({ 'map.yaml': `${heads['850']}rules: { PO107: not used }\n` })[0]).to.include(
        'rules: is a list',
      );
    });

    it('what the standard does not have', () => {
      expect(faults('- { PO199: required }')).to.deep.equal([
        'place-unknown map.yaml:5 PO1/99: PO1 has 25 elements in 004010',
      ]);
      expect(faults('- { PO1/PIE: required }')[0]).to.include('did you mean PID?');
      expect(faults('- { ZZ9: required }')[0]).to.include('ZZ9 is no segment of 004010');
      expect(faults('- { N3: required }')[0]).to.match(
        /N3 stands at N1\/N3, .*: write which, N1\/N3/,
      );
      expect(faults('- { BEG02: only DX }')[0]).to.include(
        "BEG02: DX is not in the standard's list of element 92; it has DR DS",
      );
      expect(faults('- { PO107: at most 2 }')[0]).to.include('count segments and loops');
      expect(faults('- { BEG03: length 1-99 }')[0]).to.include('the standard allows 1 to 22');
      expect(faults('- { RFF/1: only ON }', 'ORDERS')[0]).to.include('name a component of it');
      expect(faults('- { BGM/9.4: required }', 'ORDERS')[0]).to.include('BGM has');
    });
  });
});
