/**
 * Each mutation of a valid message gives exactly one finding, at its place, and its code in the
 * acknowledgement. MUTATIONS asks for more cases than CI runs.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { makeCase, mutationNames } from '../support/mutations/mutate.ts';
import { tableMarkdown } from '../support/mutations/table-text.ts';

const COUNT = Number(process.env['MUTATIONS'] ?? 2000);
const SHARE_MAX = 0.2;

describe('mutations', () => {
  it(`give one finding and one code each (${COUNT} cases)`, function () {
    this.timeout(60_000 + COUNT * 20);
    const faults: string[] = [];
    const tally = new Map(
      mutationNames.map((name) => [name, { judged: 0, valid: 0, unclear: 0, wrong: 0 }]),
    );
    for (let seed = 0; seed < COUNT; seed += 1) {
      const made = makeCase(seed);
      const row = tally.get(made.name)!;
      row[made.is] += 1;
      if (made.faults.length > 0) row.wrong += 1;
      faults.push(...made.faults);
    }
    const share = (kind: 'valid' | 'unclear'): number =>
      [...tally.values()].reduce((sum, it) => sum + it[kind], 0) / COUNT;
    const percent = (part: number): string => `${(part * 100).toFixed(1)} %`;
    console.log(
      `      left out: ${percent(share('valid'))} valid by the standard, ` +
        `${percent(share('unclear'))} with another reading`,
    );
    if (process.env['MUTATIONS'] !== undefined) console.table(Object.fromEntries(tally));
    expect(faults.length, faults.slice(0, 60).join('\n')).to.equal(0);
    expect(share('valid') + share('unclear')).to.be.below(SHARE_MAX);
  });

  it('are all in docs/mutations.md', () => {
    const file = join(import.meta.dirname, '..', '..', 'docs', 'mutations.md');
    expect(readFileSync(file, 'utf8')).to.contain(tableMarkdown());
  });
});
