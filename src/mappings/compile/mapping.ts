/** A bound mapping compiled to a pair of pure functions. */

import { type Nesting, regroup } from '../../documents/despatch-contents.ts';
import type { Document } from '../../documents/document.ts';
import type { mappingFindings } from '../../model/catalogue/mapping.ts';
import type { Finding } from '../../model/finding.ts';
import type { ContentData, Message, TreeNode } from '../../model/message.ts';
import type { PlacedNode } from '../../standards/definition.ts';
import type { Lookups } from '../lookups.ts';
import type { MappingContext, ReadResult, WriteResult } from '../mapping.ts';
import type { BoundMapping } from '../model.ts';
import type { Access } from './access.ts';
import { emitSegments } from './emit-segments.ts';
import { emitJson, emitXml } from './emit-tree.ts';
import { copyOf, type Entry } from './fields.ts';
import { compileGiven } from './given.ts';
import { compileLost } from './lost.ts';
import { compileReadBody } from './read-body.ts';
import { compileFinish } from './read-scope.ts';
import { findingOf, quoted, type Reading } from './reading.ts';
import { SegmentAccess } from './segment-access.ts';
import { compileKindReader, compileKindWriter } from './selector.ts';
import { TreeAccess } from './tree-access.ts';
import { compileWriteBody } from './write-body.ts';
import { newBuilt, type Writing } from './writing.ts';

/** So many unmapped or lost values are listed; the rest are counted. */
const listedMax = 1000;

export interface CompiledMapping {
  read(message: Message, placed: PlacedNode | undefined, context: MappingContext): ReadResult;
  write(document: Document, context: MappingContext): WriteResult;
}

export function compileMapping(bound: BoundMapping, lookups: Lookups): CompiledMapping {
  const isXml = bound.message.standard !== 'json' && bound.message.standard !== 'csv';
  const write = compileWrite(bound, lookups, isXml);
  if (bound.family === 'tree') {
    const read = compileRead<TreeNode>(bound, lookups);
    return { read: ({ content }, _, context) => read(treeAccess(content, isXml), context), write };
  }
  const read = compileRead<PlacedNode>(bound, lookups);
  return {
    read: (message, placed, context) => read(segmentAccess(message, placed), context),
    write,
  };
}

function treeAccess(content: Message['content'], isXml: boolean): TreeAccess {
  if (content.form !== 'tree') throw new TypeError('the mapping reads trees, and this is EDI');
  return new TreeAccess(content.root, isXml);
}

function segmentAccess(message: Message, placed: PlacedNode | undefined): SegmentAccess {
  const { content } = message;
  if (content.form !== 'segments' || placed === undefined) {
    throw new TypeError('the mapping reads EDI messages, placed by their standard');
  }
  return new SegmentAccess(message, content.segments, placed);
}

function compileRead<N>(bound: BoundMapping, lookups: Lookups) {
  const body = compileReadBody<N>(bound.body);
  const finish = compileFinish<N>(bound.body, true);
  const kindOf = compileKindReader<N>(bound);
  const given = compileGiven(bound.given, 'read');
  return (access: Access<N>, context: MappingContext): ReadResult => {
    const root: Entry = { document: bound.kinds[0]! };
    const findings: Finding[] = [];
    const sources = { context, document: root, lookups };
    const state = { access, root, sources, rows: context.lineage, yields: 0, base: 0 };
    const reading: Reading<N> = { ...state, findings, deferred: [] };
    root['document'] = kindOf(reading);
    body.read(reading, access.root, root);
    finish(reading, root, 0, 0);
    given?.(root, sources, findings, reading.rows);
    listUnmapped(access, findings);
    return { document: root as unknown as Document, findings };
  };
}

function listUnmapped<N>(access: Access<N>, findings: Finding[]): void {
  let count = 0;
  access.unmapped((value, path, place) => {
    if (++count > listedMax) return;
    findings.push(
      findingOf('unmapped', place(), `${path} = ${quoted(value)} is read by no rule.`, value),
    );
  });
  tellMore(count, 'unmapped', findings);
}

function tellMore(count: number, code: keyof typeof mappingFindings, findings: Finding[]): void {
  if (count <= listedMax) return;
  const text = `${count - listedMax} more values are ${code} and not listed.`;
  findings.push(findingOf(code, { path: '' }, text));
}

function compileWrite(bound: BoundMapping, lookups: Lookups, isXml: boolean) {
  const body = compileWriteBody(bound.body);
  const listLost = compileLost(bound.body);
  const putKind = compileKindWriter(bound);
  const given = compileGiven(bound.given, 'write');
  return (document: Document, context: MappingContext): WriteResult => {
    const findings: Finding[] = [];
    const nested = regrouped(document, context) as unknown as Entry;
    const root = given === undefined ? nested : copyOf(nested);
    const sources = { context, document: root, lookups };
    given?.(root, sources, findings, context.lineage);
    const writing: Writing = {
      root,
      sources,
      findings,
      rows: context.lineage,
      path: [],
      shares: new Map(),
      values: 0,
      base: 0,
      round: 0,
    };
    const built = newBuilt(undefined);
    body(writing, root, built);
    putKind(writing, built, root);
    let lost = 0;
    listLost(root, (path, value) => {
      if (++lost > listedMax) return;
      const text = `${path} = ${quoted(value)} has no place in ${bound.message.name}.`;
      findings.push(findingOf('lost', { path }, text, value));
    });
    tellMore(lost, 'lost', findings);
    return { content: emit(bound, built, writing, isXml), findings };
  };
}

/** The agreement's `nest:` says how its partner wants orders and packages nested. */
function regrouped(document: Document, { agreement }: MappingContext): Document {
  const nesting = nestings.find((each) => each === agreement?.['nest']);
  if (nesting === undefined || document.document !== 'despatchAdvice') return document;
  return regroup(document, nesting);
}

const nestings: readonly Nesting[] = ['shipment/order/pack/item', 'shipment/pack/order/item'];

function emit(
  bound: BoundMapping,
  built: ReturnType<typeof newBuilt>,
  writing: Writing,
  isXml: boolean,
): ContentData {
  if (bound.root !== undefined) {
    return { form: 'segments', segments: emitSegments(built, bound.root, writing) };
  }
  return { form: 'tree', root: isXml ? emitXml(built) : emitJson(built) };
}
