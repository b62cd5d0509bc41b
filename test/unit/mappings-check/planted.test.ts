import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { checkMapping } from '../../../src/mappings/check/check-mapping.ts';
import type { Mapping } from '../../../src/mappings/mapping.ts';
import { openFolders, subjectOf } from './open.ts';

/** A small file of the language, with one rule put in the place of another. */
const sound = `message: x12/004010/850
document: order
body:
  BEG: { 1: { to: purpose, codes: { original: 00, replace: 05 }, default: original }, 2: { to: type, codes: { standard: SA } }, 3: number, 5: issueDate }
  CUR: { 1: =BY, 2: currency }
  REF: { as: references*, 1: { to: type, codes: { contract: CT, department: DP } }, 2: id }
  N1: { as: parties by role, 1: { to: role, codes: { buyer: BY, shipTo: ST } }, 2: name, N3: { 1-2: address.lines* } }
  PO1: { as: lines*, 1: number, 2: quantity, 3: { to: unit, codes: { each: EA, case: CA } }, 4: price, 6-25 by 2: { as: items*, 1: { to: scheme, codes: { buyer: BP, seller: VP } }, 2: id } }
  CTT: { 1: { count: lines } }
`;

describe('mapping check', function () {
  this.timeout(30_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tradelane-planted-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const open = (name: string, text: string) => {
    const path = join(folder, `${name}.yaml`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return subjectOf(name, openFolders(folder));
  };
  const run = (name: string, from: string, to: string) => {
    expect(sound).to.contain(from);
    return checkMapping(open(name, sound.replace(from, to)), { documents: 500, seed: 7 });
  };

  it('finds nothing in a sound file', () => {
    const check = checkMapping(open('sound', sound), { documents: 500, seed: 7 });
    expect(check.counterExample).to.equal(undefined);
    expect(check.kept).to.equal(500);
  });

  const planted = [
    [
      'writing cuts',
      '3: number',
      '3: { to: number, read: "$", write: "$substring($, 0, 3)" }',
      /^number: /,
    ],
    [
      'reading adds',
      '2: name,',
      `2: { to: name, read: "$ & 'x'", write: "$" },`,
      /^parties\.\w+\.name: /,
    ],
    [
      'writing says always the same',
      '4: price',
      `4: { to: price, read: "$", write: "'1'" }`,
      /^lines\[0\]\.price: /,
    ],
    [
      'letters change their places',
      '2: currency',
      `2: { to: currency, read: "$", write: "$substring($, 1, 2) & $substring($, 0, 1)" }`,
      /^currency: /,
    ],
  ] as const;
  for (const [what, from, to, text] of planted) {
    it(`catches a rule where ${what}`, () => {
      const check = run(what.replaceAll(' ', '-'), from, to);
      expect(check.counterExample?.law).to.equal('L1');
      expect(check.counterExample?.text).to.match(text);
    });
  }

  it('lists a formula for one way alone, and asks no law of it', () => {
    const check = run('alone', '2: name,', '2: { to: name, read: "$lowercase($)" },');
    expect(check.counterExample).to.equal(undefined);
    expect(check.coverage.oneWay).to.deep.equal(['N1/2']);
  });

  it('makes the counter-example small', () => {
    const check = run('small', '2: name,', `2: { to: name, read: "$ & 'x'", write: "$" },`);
    const document = check.counterExample?.document as { parties: object; lines: object[] };
    // A message without lines is out of the domain, so one line stays.
    expect(document.lines).to.have.length(1);
    expect(Object.keys(document.parties)).to.have.length(1);
  });

  it('gives the same answer for the same seed', () => {
    const subject = open('sound', sound);
    const [first, second] = [1, 2].map(() => checkMapping(subject, { documents: 50, seed: 3 }));
    expect(first).to.deep.equal(second);
  });

  /** An engine with a fault stands for rules that no file can say: it is the laws that are tested. */
  const broken = (name: string, change: Partial<Mapping>) => {
    const subject = open(name, sound);
    return checkMapping(
      { ...subject, mapping: { ...subject.mapping, ...change } },
      { documents: 500, seed: 7 },
    );
  };

  it('catches values that are dropped in silence', () => {
    const { mapping } = open('silent', sound);
    const check = broken('silent', {
      write(document, context) {
        const { currency: _, ...rest } = document as { currency?: string };
        return mapping.write(rest as typeof document, context);
      },
    });
    expect(check.counterExample?.text).to.match(/^currency: ".*" came back as nothing/);
  });

  it('catches values that are listed as lost and yet written', () => {
    const { mapping } = open('liar', sound);
    const check = broken('liar', {
      write(document, context) {
        const { content, findings } = mapping.write(document, context);
        const place = { path: 'number' };
        const lie = {
          code: 'lost',
          severity: 'warning',
          fault: 'mapping',
          place,
          text: '',
        } as const;
        return { content, findings: [...findings, lie] };
      },
    });
    expect(check.counterExample?.law).to.equal('L3');
  });
});
