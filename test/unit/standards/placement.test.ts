/** Placement where the shipped diagrams have no example: small diagrams of our own. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { checkMessage } from '../../../src/standards/check.ts';
import type { PlacedNode } from '../../../src/standards/definition.ts';
import { openStandards } from '../../../src/standards/load.ts';
import { decodeEdi, x12File } from '../../support/check-file.ts';

const shipped = join(import.meta.dirname, '..', '..', '..', 'standards');
let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'standards-'));
  mkdirSync(join(folder, 'x12/004010'), { recursive: true });
});
after(() => rmSync(folder, { recursive: true }));

/** Tags, and what is told of places, after checking segments against a diagram. */
function place(body: readonly unknown[], segments: readonly string[]) {
  writeFileSync(join(folder, 'x12/004010/9Z9.json'), JSON.stringify({ group: 'XX', body }));
  const standards = openStandards([shipped, folder]);
  const type = { standard: 'x12', version: '004010', name: '9Z9' };
  const definition = standards.find(type)?.definition;
  const results: { readonly tree: string; readonly told: readonly string[] }[] = [];
  decodeEdi(x12File('9Z9', segments), (event) => {
    if (event.is !== 'message' || definition === undefined) return;
    const { root, findings } = checkMessage(event.message, definition);
    const told = findings
      .filter((it) => /^(segment|loop)-/.test(it.code))
      .map((it) => `${it.code} ${it.place.path.split(' / ').at(-1)}`);
    results.push({ tree: treeText(root), told });
  });
  return results[0];
}

const treeText = ({ children }: PlacedNode): string =>
  children
    .map((it) => it.slot.tag + (it.children.length === 0 ? '' : `(${treeText(it)})`))
    .join(' ');

describe('placement', () => {
  const twice = [
    ['N1 O 1', 'N1 M 1', 'N2 O 1'],
    ['N1 O 2', 'N1 M 1', 'N3 O 1'],
  ];

  it('gives the next place of a tag what the first has no room for', () => {
    const placed = place(twice, ['N1*ST*A', 'N2*B', 'N1*BY*C', 'N3*D', 'N1*BY*E']);
    expect(placed).to.deep.equal({ tree: 'N1(N2) N1(N3) N1', told: [] });
  });

  it('keeps what is too many in the last place with that tag', () => {
    const placed = place(twice, ['N1*ST*A', 'N1*ST*A', 'N1*ST*A', 'N1*ST*A', 'N3*D']);
    expect(placed).to.deep.equal({ tree: 'N1 N1 N1 N1(N3)', told: ['loop-repeats N1[3]'] });
  });

  it('prefers the innermost loop that has room', () => {
    const nested = [['N1 O 9', 'N1 M 1', ['N9 O 9', 'N9 M 1', 'MSG O 1'], 'MSG O 1'], 'MSG O 1'];
    const segments = ['N1*ST*A', 'N9*ZZ*B', 'MSG*1', 'MSG*2', 'MSG*3', 'MSG*4'];
    expect(place(nested, segments)).to.deep.equal({
      tree: 'N1(N9(MSG) MSG) MSG MSG',
      told: ['segment-repeats MSG'],
    });
  });

  it('does not leave a loop over a mandatory segment while the loop can take the segment', () => {
    const body = [['N1 O 9', 'N1 M 1', 'N3 O 1', 'N4 O 1'], 'N9 M 1', 'N3 O 1'];
    expect(place(body, ['N1*ST*A', 'N4*B', 'N3*C', 'N9*ZZ*D', 'N3*E'])).to.deep.equal({
      tree: 'N1(N3 N4) N9 N3',
      told: ['segment-misplaced N3'],
    });
  });

  it('counts a mandatory loop once that came late', () => {
    const body = [['N1 M 9', 'N1 M 1', 'N3 O 1'], 'N9 M 1'];
    expect(place(body, ['N3*A', 'N1*ST*B'])?.told).to.deep.equal([
      'segment-missing N1',
      'segment-missing N9',
    ]);
  });

  it('counts a mandatory segment once that was missed and came late', () => {
    const body = ['N9 M 1', 'N3 O 1', 'N1 M 1'];
    expect(place(body, ['N3*A', 'N9*ZZ*B'])?.told).to.deep.equal([
      'segment-misplaced N9',
      'segment-missing N1',
    ]);
  });

  it('tells what is missing inside each loop', () => {
    const body = [['N1 O 9', 'N1 M 1', 'N3 M 1'], 'N9 M 1'];
    expect(place(body, ['N1*ST*A', 'N1*ST*B', 'N3*C'])?.told).to.deep.equal([
      'segment-missing N3',
      'segment-missing N9',
    ]);
  });

  it('cuts what stands in the place of a tag', () => {
    const long = 'X'.repeat(2000);
    const body = ['BEG', 'N3'];
    const texts: string[] = [];
    writeFileSync(join(folder, 'x12/004010/9Z8.json'), JSON.stringify({ group: 'XX', body }));
    const type = { standard: 'x12', version: '004010', name: '9Z8' };
    const definition = openStandards([shipped, folder]).find(type)?.definition;
    decodeEdi(x12File('9Z8', ['N3*A', long, 'BEG*00*SA*1**20260301']), (event) => {
      if (event.is !== 'message' || definition === undefined) return;
      texts.push(...checkMessage(event.message, definition).findings.map(({ text }) => text));
    });
    expect(texts.join(' ')).to.include('BEG stands after XXXXXXXXXX');
    expect(Math.max(...texts.map(({ length }) => length))).to.be.below(300);
  });
});
