/** Nests X12 hierarchical levels: HL names its own number (HL01) and its parent's (HL02). */
import { quoted } from './findings.ts';
import type { Frame, GrowingNode, Level } from './frames.ts';
import type { StandardsCode } from './policy.ts';
import { elementName, loopPath, type Run, segmentPlace } from './run.ts';

const depthMax = 32;

/** What an HL hangs below: the level that HL02 names, or the loop that holds all levels. */
export function parentLevel(run: Run, frame: Frame, node: GrowingNode): GrowingNode {
  frame.levels ??= new Map();
  const number = run.segments.value(node.segment, 1);
  const parent = findParent(run, frame, node.segment);
  const depth = (parent?.depth ?? 0) + 1;
  if (frame.levels.has(number)) {
    const text = `HL01 ${quoted(number)} was used by an earlier HL: a parent with it is ambiguous.`;
    report(run, frame, 'hl-number-twice', node.segment, 1, text);
  } else if (number !== '') {
    frame.levels.set(number, { node, depth });
  }
  return parent?.node ?? frame.node;
}

function findParent(run: Run, frame: Frame, segment: number): Level | undefined {
  const name = run.segments.value(segment, 2);
  if (name === '') return undefined;
  const parent = frame.levels?.get(name);
  if (parent === undefined) {
    // The level that it names may be the one that was told missing.
    if (frame.missing?.some((it) => it.slot.tag === 'HL') === true) return undefined;
    const text = `HL02 is ${quoted(name)}, and no earlier HL has that number in HL01.`;
    report(run, frame, 'hl-parent-unknown', segment, 2, text);
    return undefined;
  }
  if (parent.depth < depthMax) return parent;
  const text = `HL02 ${quoted(name)} nests levels deeper than ${depthMax}.`;
  report(run, frame, 'hl-too-deep', segment, 2, text);
  return undefined;
}

function report(
  run: Run,
  frame: Frame,
  code: StandardsCode,
  segment: number,
  element: number,
  text: string,
): void {
  if (!run.findings.wants(code)) return;
  const name = elementName('HL', { element, component: 0, repeat: 1 });
  const path = `${loopPath(run, run.frames.indexOf(frame) + 1)} / HL[${frame.used}] / ${name}`;
  const place = segmentPlace(run, segment, path);
  const range = run.segments.range(segment, element);
  const value = run.segments.value(segment, element);
  run.findings.add(code, { ...place, ...range, element }, text, { value });
}
