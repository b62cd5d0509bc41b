/** Samples of any message are clean under our own reader. SAMPLE_COUNT asks for more of them. */
import { expect } from 'chai';
import { seededRandom } from '../../../../src/model/random.ts';
import { sampleInterchange } from '../../../../src/standards/sample/interchange.ts';
import { standards } from '../../../support/check-file.ts';
import { allFindings, draw, encode } from '../../../support/samples.ts';

const COUNT = Number(process.env['SAMPLE_COUNT'] ?? 300);
const RICHNESS = [0, 0.1, 0.25, 0.5, 0.9];

describe('samples', () => {
  it(`have no error and no warning (${COUNT} of any message of any version)`, function () {
    this.timeout(20_000 + COUNT * 40);
    const faults = new Map<string, number>();
    for (let seed = 1; seed <= COUNT; seed += 1) {
      for (const fault of faultsOf(seed)) faults.set(fault, (faults.get(fault) ?? 0) + 1);
    }
    const most = [...faults].sort((one, other) => other[1] - one[1]).slice(0, 40);
    expect(most.map(([fault, count]) => `${count} times ${fault}`)).to.deep.equal([]);
  });

  it('are the same for the same seed', () => {
    const [one, same, other] = [1, 1, 2].map((seed) => textOf(seed));
    expect(one).to.equal(same);
    expect(one).not.to.equal(other);
  });
});

function faultsOf(seed: number): readonly string[] {
  const { random, definition } = draw(seed);
  const { key } = definition;
  try {
    const richness = RICHNESS[seed % RICHNESS.length]!;
    const bytes = encode(sampleInterchange(definition, { random, richness }));
    return allFindings(bytes, definition)
      .filter(({ severity }) => severity !== 'info')
      .map(({ code, text }) => `${code}: ${text} (${key}, seed ${seed})`);
  } catch (error) {
    return [`${(error as Error).message} (${key}, seed ${seed})`];
  }
}

function textOf(seed: number): string {
  const type = { standard: 'x12', version: '004010', name: '850' };
  const { definition } = standards.find(type)!;
  const bytes = encode(sampleInterchange(definition, { random: seededRandom(seed) }));
  return Buffer.from(bytes).toString('latin1');
}
