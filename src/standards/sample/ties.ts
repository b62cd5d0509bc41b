/** Values that depend on others: HL numbers, LS and LE, UNS, counts of lines, lengths of data. */
import type { ElementData, SegmentData } from '../../model/message.ts';
import type { Random } from '../../model/random.ts';
import type { Slot } from '../definition.ts';

export interface SampledSegment extends SegmentData {
  readonly slot: Slot;
}

export function tie(
  segments: readonly SampledSegment[],
  random: Random,
): readonly SampledSegment[] {
  return tieCounts(tieSections(tieLevels(segments.map(tieLength), random)));
}

/** BIN01 and BDS02 tell how long the binary data is that follows them. */
function tieLength(segment: SampledSegment): SampledSegment {
  const at = lengthAt.get(segment.tag);
  if (at === undefined) return segment;
  const data = segment.elements[at];
  const length = typeof data === 'string' ? data.length : 0;
  const values = Array.from({ length: at }, (_, index) =>
    index === at - 1 ? `${length}` : undefined,
  );
  return withElements(segment, values);
}

const lengthAt: ReadonlyMap<string, number> = new Map([
  ['BIN', 1],
  ['BDS', 2],
]);

/** Every HL hangs below the one before it or below one of that one's parents. */
function tieLevels(segments: readonly SampledSegment[], random: Random): readonly SampledSegment[] {
  const path: { readonly number: string; readonly slot: Slot }[] = [];
  const parents = new Set<string>();
  let count = 0;
  const numbered = segments.map((it) => {
    if (it.tag !== 'HL' || it.slot.slots.length === 0) return it;
    count += 1;
    // A level of another loop cannot be a parent.
    while (path.length > 0 && path.at(-1)?.slot !== it.slot) path.pop();
    if (path.length > 1) path.length = random.between(1, Math.min(path.length, levelsMax));
    const parent = path.at(-1)?.number ?? '';
    if (parent !== '') parents.add(parent);
    path.push({ number: `${count}`, slot: it.slot });
    return withElements(it, [`${count}`, parent]);
  });
  return numbered.map((it) => (it.tag === 'HL' ? withChildCode(it, parents) : it));
}

const levelsMax = 4;

/** HL04 says whether there are levels below. */
function withChildCode(level: SampledSegment, parents: ReadonlySet<string>): SampledSegment {
  if (level.elements.length < 4) return level;
  return withElements(level, [
    undefined,
    undefined,
    undefined,
    parents.has(`${level.elements[0]}`) ? '1' : '0',
  ]);
}

/** LE names the loop that LS began; the last UNS begins the summary, one before it the detail. */
function tieSections(segments: readonly SampledSegment[]): readonly SampledSegment[] {
  const begun: ElementData[] = [];
  const lastSection = segments.findLastIndex((it) => it.tag === 'UNS');
  return segments.map((it, index) => {
    if (it.tag === 'LS') begun.push(it.elements[0] ?? '');
    if (it.tag === 'LE') return withElements(it, [begun.pop() ?? it.elements[0]]);
    return it.tag === 'UNS' ? withElements(it, [index === lastSection ? 'S' : 'D']) : it;
  });
}

const lineTags = ['PO1', 'IT1', 'HL', 'LIN'];

/** CTT01 counts the lines, and so does CNT with 6069 = 2. */
function tieCounts(segments: readonly SampledSegment[]): readonly SampledSegment[] {
  const tag = lineTags.find((line) => segments.some((it) => it.tag === line));
  if (tag === undefined) return segments;
  const count = `${segments.filter((it) => it.tag === tag).length}`;
  return segments.map((it) => {
    if (it.tag === 'CTT') return withElements(it, [count]);
    return it.tag === 'CNT' ? withElements(it, [['2', count]]) : it;
  });
}

/** Replaces the first elements; undefined leaves one as it is. */
function withElements(
  segment: SampledSegment,
  values: readonly (ElementData | undefined)[],
): SampledSegment {
  const elements = [...segment.elements];
  values.forEach((value, index) => {
    if (value !== undefined) elements[index] = value;
  });
  return { ...segment, elements };
}
