/** The state of one write, and the nodes it builds before they are put in the standard's order. */

import type { Finding } from '../../model/finding.ts';
import type { TreeData } from '../../model/message.ts';
import type { ContextSources } from '../context.ts';
import type { LineageRow } from '../mapping.ts';
import type { LeafPlace, LeafRule, NodeRule } from '../model.ts';
import { type Entry, joinPath } from './fields.ts';
import { findingOf, type MappingFindingCode, originText } from './reading.ts';
import { shifted } from './segment-access.ts';

export interface Writing {
  readonly root: Entry;
  readonly sources: ContextSources;
  readonly findings: Finding[];
  readonly rows: LineageRow[] | undefined;
  /** Where in the document, outermost first: names, positions in lists. */
  readonly path: (string | number)[];
  /** Which rule takes each entry of a list that several take from. */
  readonly shares: Map<readonly unknown[], readonly number[]>;
  /** Grows with every value of the document that is written. */
  values: number;
  /** Shift of places inside a chunk. */
  base: number;
  /** How often the node was written before, where a list repeats it. */
  round: number;
}

export type Cell = string | string[][] | undefined;

/** A node that is being written: a segment with what stands inside it, or an element. */
export interface Built {
  readonly rule: NodeRule | undefined;
  readonly name: string;
  /** From element 1. A cell is a plain value, or repetitions of components. */
  readonly elements: Cell[];
  readonly attributes: { name: string; value: string }[];
  text: string;
  json: TreeData['json'] | undefined;
  readonly children: Built[];
  /** Where in the document it came from; set where a more specific rule may shadow it. */
  from?: string;
}

export const newBuilt = (rule: NodeRule | undefined): Built => ({
  rule,
  name: rule?.name ?? '',
  elements: [],
  attributes: [],
  text: '',
  json: undefined,
  children: [],
});

/** A simple element is written as its only component. */
function positionOf(place: LeafPlace, base: number): [element: number, component: number] {
  const [element, component] = shifted(place, base);
  return [element, component || 1];
}

/** Puts a value at a place; repetitions count from 1. */
export function put(
  built: Built,
  place: LeafPlace,
  base: number,
  repeat: number,
  value: string,
): void {
  if (place.element === 0) {
    if (place.attribute === '') built.text = value;
    else built.attributes.push({ name: place.attribute, value });
    return;
  }
  const [element, component] = positionOf(place, base);
  putCell(built.elements, element, component, repeat, value);
}

export function putCell(
  elements: Cell[],
  element: number,
  component: number,
  repeat: number,
  value: string,
): void {
  const known = elements[element - 1];
  if (component === 1 && repeat === 1 && typeof known !== 'object') {
    elements[element - 1] = value;
    return;
  }
  const repeats = typeof known === 'object' ? known : known === undefined ? [] : [[known]];
  elements[element - 1] = repeats;
  repeats[repeat - 1] ??= [];
  repeats[repeat - 1]![component - 1] = value;
}

/** The first repetition of a component; empty where nothing is. */
export function cellValue(elements: readonly Cell[], element: number, component: number): string {
  const cell = elements[element - 1];
  if (typeof cell === 'object') return cell[0]?.[component - 1] ?? '';
  return component === 1 ? (cell ?? '') : '';
}

/** A qualifier of the first repetition stands in each that holds a value. */
export function repeatCell(elements: readonly Cell[], { element, component }: LeafPlace): void {
  const cell = elements[element - 1];
  const value = cellValue(elements, element, component);
  if (typeof cell !== 'object' || value === '' || component === 0) return;
  for (const parts of cell) if (parts?.some(Boolean)) parts[component - 1] ??= value;
}

export function isEmptyCell(cell: Cell): boolean {
  if (typeof cell !== 'object') return cell === undefined || cell === '';
  return cell.every((parts) => parts === undefined || parts.every((part) => !part));
}

/** What stands at a place; empty where nothing does. */
export function valueAt(built: Built, place: LeafPlace, base: number): string {
  if (place.element === 0) {
    if (place.attribute === '') return built.text;
    return built.attributes.find(({ name }) => name === place.attribute)?.value ?? '';
  }
  const [element, component] = positionOf(place, base);
  return cellValue(built.elements, element, component);
}

/** `lines[2].items[0].id`: where in the document the writer is. */
export const documentPath = ({ path }: Writing, field: string): string =>
  joinPath([...path, field]);

export function tell(
  writing: Writing,
  code: MappingFindingCode,
  field: string,
  text: string,
  value?: string,
): void {
  const path = documentPath(writing, field);
  writing.findings.push(findingOf(code, { path }, text, value));
}

export function addWriteRow(
  writing: Writing,
  leaf: LeafRule,
  field: string,
  row: { value: string; raw: string; how: LineageRow['how'] },
): void {
  if (writing.rows === undefined) return;
  const codeRow = leaf.codes?.rowOf(row.raw);
  writing.rows.push({
    ...row,
    path: documentPath(writing, field),
    place: leaf.address,
    start: undefined,
    end: undefined,
    rule: originText(leaf.origin),
    codeRow: codeRow && originText(codeRow.origin),
  });
}
