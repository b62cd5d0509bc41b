/** The state of one read, and what may be taken back when an occurrence yields no value. */

import { mappingFindings } from '../../model/catalogue/mapping.ts';
import type { FindingCode } from '../../model/catalogue.ts';
import type { Finding, Place } from '../../model/finding.ts';
import type { ContextSources } from '../context.ts';
import type { Origin } from '../fault.ts';
import type { LineageRow } from '../mapping.ts';
import type { LeafRule } from '../model.ts';
import type { Access, Spot } from './access.ts';
import type { Entry } from './fields.ts';

export type MappingFindingCode = keyof typeof mappingFindings;

/** A rule that must wait until everything else of its scope is read: `or`, `copy`, counts. */
export interface Deferred<N> {
  readonly run: () => boolean;
  /** Claimed with the value: constants and conditions of an occurrence that yielded nothing else. */
  pending: (() => void) | undefined;
  readonly node: N;
}

export interface Reading<N> {
  readonly access: Access<N>;
  readonly root: Entry;
  readonly sources: ContextSources;
  readonly rows: LineageRow[] | undefined;
  /** Grows with every value that reaches the document. */
  yields: number;
  /** Shift of places inside a chunk. */
  base: number;
  readonly findings: Finding[];
  readonly deferred: Deferred<N>[];
}

/** Where a read stood, to go back to. */
export interface Mark {
  readonly claims: number;
  readonly findings: number;
  readonly rows: number;
  readonly deferred: number;
  readonly yields: number;
}

export const markOf = <N>(reading: Reading<N>): Mark => ({
  claims: reading.access.claims(),
  findings: reading.findings.length,
  rows: reading.rows?.length ?? 0,
  deferred: reading.deferred.length,
  yields: reading.yields,
});

/** Takes back what was claimed since; the findings are handed over, in case nobody else fits. */
export function giveBack<N>(reading: Reading<N>, mark: Mark): readonly Finding[] {
  reading.access.undo(mark.claims);
  if (reading.rows !== undefined) reading.rows.length = mark.rows;
  reading.deferred.length = mark.deferred;
  reading.yields = mark.yields;
  return reading.findings.splice(mark.findings);
}

const valueMax = 200;

export function findingOf(
  code: MappingFindingCode,
  place: Place,
  text: string,
  value?: string,
  fault?: Finding['fault'],
): Finding {
  const kind = mappingFindings[code];
  const said = { code: code as FindingCode, severity: kind.severity, place, text };
  const whole: Finding = { ...said, fault: fault ?? kind.fault };
  return value === undefined ? whole : { ...whole, value: value.slice(0, valueMax) };
}

/** The value as a sentence quotes it. */
export const quoted = (value: string): string =>
  `"${value.length > 60 ? `${value.slice(0, 60)}...` : value}"`;

export const originText = ({ file, line }: Origin): string => `${file}:${line}`;

/** Adds a lineage row, when somebody asked for them. Paths are relative to the scope being read. */
export function addRow<N>(
  reading: Reading<N>,
  leaf: LeafRule,
  node: N,
  spot: Spot,
  row: { path: string; value: string; raw: string; how: LineageRow['how'] },
): void {
  if (reading.rows === undefined) return;
  const place = reading.access.where(node, spot);
  const codeRow = leaf.codes?.rowOf(row.raw);
  reading.rows.push({
    ...row,
    place: place.path,
    start: place.start,
    end: place.end,
    rule: originText(leaf.origin),
    codeRow: codeRow && originText(codeRow.origin),
  });
}
