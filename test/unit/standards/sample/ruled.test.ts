/** Samples under a partner's rules keep the standard and the rules. SAMPLE_COUNT asks for more. */
import { expect } from 'chai';
import { isHubError } from '../../../../src/model/errors.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { seededRandom } from '../../../../src/model/random.ts';
import { checkMessage } from '../../../../src/standards/check.ts';
import { checkRules } from '../../../../src/standards/rules/check.ts';
import { sampleInterchange } from '../../../../src/standards/sample/interchange.ts';
import { decodeEdi } from '../../../support/check-file.ts';
import { guideMappings, guides } from '../../../support/guides.ts';
import { encode } from '../../../support/samples.ts';
import { openFilesOf, removeFolders, standards } from '../../mappings/room.ts';

const COUNT = Number(process.env['SAMPLE_COUNT'] ?? 300);
const RICHNESS = [0, 0.1, 0.25, 0.5, 0.9];

describe("samples under a partner's rules", () => {
  after(removeFolders);
  const mappings = guideMappings();
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
