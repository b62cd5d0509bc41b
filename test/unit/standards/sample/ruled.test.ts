/** Samples under a partner's rules keep the standard and the rules. SAMPLE_COUNT asks for more. */
import { expect } from 'chai';
import { isHubError } from '../../../../src/model/errors.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { seededRandom } from '../../../../src/model/random.ts';
import { checkMessage } from '../../../../src/standards/check.ts';
import { checkRules } from '../../../../src/standards/rules/check.ts';
import { sampleInterchange } from '../../../../src/standards/sample/interchange.ts';
import { decodeEdi } from '../../../support/check-file.ts';
import { encode } from '../../../support/samples.ts';
import { openFilesOf, removeFolders, standards } from '../../mappings/room.ts';

const COUNT = Number(process.env['SAMPLE_COUNT'] ?? 300);
const RICHNESS = [0, 0.1, 0.25, 0.5, 0.9];

const guides: Readonly<
  Record<string, { readonly document: string; readonly rules: readonly string[] }>
> = {
  'x12/004010/850': {
    document: 'order',
    rules: [
      '{ BEG01: only 00|01, BEG02: only SA|DS|NE, BEG03: length 3-10 }',
      '{ if: BEG02 = DS, then: N1(1=ST) and DTM(1=002) }',
      '{ if: BEG02 = NE, then: no CUR }',
      '{ DTM(1=010): required, N1(1=BY): required, N1(1=BY)/N104: required }',
      '{ PO108-PO125: not used, PO103: only EA|CA, PO1: at most 20 }',
      '{ PO1/PID(1=F): required, PO1/PID(1=F)/5: "required, length 1-30" }',
      '{ if: PO103 = CA, then: PO1/PO4 and PO1/PO4/1 }',
      '{ if: N103 = 92, then: { N104: "required, length 4" } }',
      '{ REF: at most 3, SAC: not used, CUR02: only USD|CAD }',
    ],
  },
  'x12/004010/810': {
    document: 'invoice',
    rules: [
      '{ BIG07: only DI|CR, BIG04: required, REF(1=IA): required }',
      '{ if: BIG07 = CR, then: REF(1=OI) and N1(1=SE)/N3 }',
      '{ IT102: required, IT103: only EA, IT106-IT107: required }',
      '{ if: IT106 = UP, then: { IT107: length 12 } }',
      '{ ITD: at least 1, TXI: not used, PID: not used, IT1/PID: at least 2 }',
    ],
  },
  'x12/004010/856': {
    document: 'despatchAdvice',
    rules: [
      '{ BSN05: required, HL(3=I)/LIN: required, HL(3=I)/SN1: required }',
      '{ if: HL(3=S)/TD502 = 2, then: HL(3=S)/TD5/3 }',
      '{ HL03: only S|O|I, HL/PID: not used }',
    ],
  },
  'edifact/D96A/ORDERS': {
    document: 'order',
    rules: [
      '{ BGM01-1: only 220|221, BGM02: length 1-10, NAD(1=BY): required, NAD(1=SU): required }',
      '{ if: BGM01-1 = 221, then: RFF(1.1=CT) and RFF(1.1=CT)/1.2 }',
      '{ DTM(1.1=137)/DTM01-3: only 102, DTM(1.1=137): required, LIN/FTX: not used }',
      '{ if: LIN03-2 = EN, then: { LIN03-1: "required, length 13" } }',
      '{ LIN/QTY(1.1=21): required, NAD02-1: required, LIN: at most 5 }',
    ],
  },
  'edifact/D96A/INVOIC': {
    document: 'invoice',
    rules: [
      '{ NAD: at least 2, NAD(1=BY)/RFF(1.1=VA): required, ALI: not used }',
      '{ if: NAD01 = SU, then: NAD02-3 = 9 }',
      '{ LIN/MOA: required, LIN/PRI(1.1=AAA): required }',
    ],
  },
};

const files = Object.fromEntries(
  Object.entries(guides).map(([message, { document, rules }]) => [
    `${message}.yaml`,
    `message: ${message}\ndocument: ${document}\nbody: {}\nrules:\n${rules.map((rule) => `  - ${rule}\n`).join('')}`,
  ]),
);

describe("samples under a partner's rules", () => {
  after(removeFolders);
  const mappings = openFilesOf(files);
  const rulesOf = (message: string) => mappings.partnerRules(message);
  const definitionOf = (message: string) => {
    const [standard = '', version = '', name = ''] = message.split('/');
    return standards.find({ standard, version, name })!.definition;
  };
  const sampled = (message: string, seed: number, richness = RICHNESS[seed % 5]!): Uint8Array =>
    encode(
      sampleInterchange(definitionOf(message), {
        ...{ random: seededRandom(seed), richness, segmentsMax: 60, rules: rulesOf(message) },
      }),
    );
  const faults = (message: string, bytes: Uint8Array): readonly Finding[] => {
    const found: Finding[] = [];
    decodeEdi(bytes, (event) => {
      if (event.is !== 'message') return;
      const { root, findings } = checkMessage(event.message, definitionOf(message));
      found.push(
        ...event.findings,
        ...findings,
        ...checkRules(rulesOf(message), event.message, root),
      );
    });
    return found.filter(({ severity }) => severity === 'error');
  };

  for (const message of Object.keys(guides)) {
    const count = Math.ceil(COUNT / Object.keys(guides).length);
    it(`have no fault: ${count} of ${message}`, function () {
      this.timeout(20_000 + count * 100);
      expect(mappings.check(message).map(({ text }) => text)).to.deep.equal([]);
      for (let seed = 1; seed <= count; seed += 1) {
        const told = faults(message, sampled(message, seed));
        expect(told.map(({ code, text }) => `${code}: ${text} (seed ${seed})`)).to.deep.equal([]);
      }
    });
  }

  it('have conditions that hold, and conditions that do not', () => {
    const message = 'x12/004010/850';
    const texts = Array.from({ length: 40 }, (_, seed) =>
      Buffer.from(sampled(message, seed + 1)).toString('latin1'),
    );
    const dropShips = texts.filter((text) => /BEG\*\d\d\*DS/.test(text));
    expect(dropShips.length).to.be.within(5, 35);
    for (const text of dropShips)
      expect(text)
        .to.match(/N1\*ST/)
        .and.match(/DTM\*002/);
  });

  it('cannot be made of rules that contradict each other: it is said which', () => {
    const opened = openFilesOf({
      'map.yaml': `message: x12/004010/850\ndocument: order\nbody: {}\nrules:\n  - { BEG03: not used, say: No numbers }\n`,
    });
    const rules = opened.partnerRules('map');
    const make = () =>
      sampleInterchange(definitionOf('x12/004010/850'), { random: seededRandom(1), rules });
    expect(make)
      .to.throw(/No sample of x12\/004010\/850 keeps all rules: BEG03/)
      .and.satisfy(isHubError);
  });
});
