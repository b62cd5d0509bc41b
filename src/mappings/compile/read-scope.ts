/** Scopes of `as`: entries are made, filled, and kept only when something was read into them. */
import type { Body, BoundScope, ChunkRule, LeafRule, NodeRule } from '../model.ts';
import { type Entry, fieldAccess, holderAccess, listAccess } from './fields.ts';
import type { BodyReader } from './read-body.ts';
import { findingOf, originText, quoted, type Reading } from './reading.ts';

/** Reads an occurrence; what it yields is counted in the reading. */
export type Enter<N> = (reading: Reading<N>, node: N, scope: Entry) => void;

export function compileEnter<N>(rule: NodeRule | ChunkRule, read: BodyReader<N>): Enter<N> {
  const { as } = rule;
  if (as === undefined) return read;
  const finish = compileFinish<N>(rule.body);
  if (as.kind === 'list') return enterList(as, read, finish);
  return as.kind === 'keyed' ? enterKeyed(as, read, finish) : enterSingle(as, read, finish);
}

/** What is left to do when everything of a scope is read. */
export type Finish<N> = (reading: Reading<N>, scope: Entry, since: number, before: number) => void;

/** Runs the waiting rules, then fills in defaults: a scope that yielded nothing gets none. */
export function compileFinish<N>(body: Body, isRoot = false): Finish<N> {
  const defaults = defaultsOf(body).map(compileDefault<N>);
  return (reading, scope, since, before) => {
    if (reading.deferred.length > since) runDeferred(reading, since);
    if (reading.yields === before && !isRoot) return;
    for (let at = 0; at < defaults.length; at++) defaults[at]!(reading, scope);
  };
}

function runDeferred<N>(reading: Reading<N>, since: number): void {
  const late = reading.deferred.splice(since);
  for (const each of late) if (each.run()) each.pending?.();
}

/** Defaults of a scope, also those in segments that are absent; not those of inner scopes. */
function defaultsOf(body: Body): readonly LeafRule[] {
  return body.rules.flatMap((rule) => {
    if (rule.is === 'leaf') return rule.default !== undefined && rule.verb === 'to' ? [rule] : [];
    return rule.as === undefined ? defaultsOf(rule.body) : [];
  });
}

function compileDefault<N>(leaf: LeafRule) {
  const target = leaf.targets[0]!;
  const field = fieldAccess(target);
  const value = leaf.default!;
  return (reading: Reading<N>, scope: Entry): void => {
    if (!field.set(scope, value) || reading.rows === undefined) return;
    const rule = originText(leaf.origin);
    const none = { place: leaf.address, raw: '', start: undefined, end: undefined };
    reading.rows.push({
      path: target.text,
      value,
      ...none,
      how: 'default',
      rule,
      codeRow: undefined,
    });
  };
}

function enterList<N>(as: BoundScope, read: BodyReader<N>, finish: Finish<N>): Enter<N> {
  const list = listAccess(as.steps);
  const path = as.steps.map((step) => step.name).join('.');
  return (reading, node, scope) => {
    const entry: Entry = {};
    const since = reading.deferred.length;
    const before = reading.yields;
    const rows = reading.rows?.length ?? 0;
    read(reading, node, entry);
    finish(reading, entry, since, before);
    if (reading.yields === before) return;
    const count = list.push(scope, entry);
    prefixRows(reading, rows, `${path}[${count - 1}]`);
  };
}

function enterKeyed<N>(as: BoundScope, read: BodyReader<N>, finish: Finish<N>): Enter<N> {
  const holder = holderAccess(as.steps);
  const path = as.steps.map((step) => step.name).join('.');
  const by = as.by!;
  return (reading, node, scope) => {
    const entry: Entry = {};
    const since = reading.deferred.length;
    const before = reading.yields;
    const rows = reading.rows?.length ?? 0;
    read(reading, node, entry);
    finish(reading, entry, since, before);
    if (reading.yields === before) return;
    const key = entry[by];
    const known = holder.find(scope);
    if (typeof key !== 'string' || key === '__proto__' || isTaken(known, key)) {
      if (typeof key === 'string') tellTaken(reading, node, path, key);
      reading.yields = before;
      return;
    }
    if (!as.keepsKey) delete entry[by];
    const value = as.isText ? entry['value'] : entry;
    if (value === undefined) reading.yields = before;
    else holder.make(scope)[key] = value;
    prefixRows(reading, rows, `${path}.${key}`);
  };
}

const isTaken = (known: Entry | undefined, key: string): boolean =>
  known !== undefined && Object.hasOwn(known, key);

function tellTaken<N>(reading: Reading<N>, node: N, path: string, key: string): void {
  const text = `There is already ${path}.${key}: a second ${quoted(key)} is left unmapped.`;
  reading.findings.push(findingOf('key-duplicate', reading.access.whereNode(node), text, key));
}

/** One scope: what is there is filled up. */
function enterSingle<N>(as: BoundScope, read: BodyReader<N>, finish: Finish<N>): Enter<N> {
  const holder = holderAccess(as.steps);
  const path = as.steps.map((step) => step.name).join('.');
  return (reading, node, scope) => {
    const known = holder.find(scope);
    const entry = known ?? {};
    const since = reading.deferred.length;
    const before = reading.yields;
    const rows = reading.rows?.length ?? 0;
    read(reading, node, entry);
    finish(reading, entry, since, before);
    if (reading.yields === before) return;
    if (known === undefined) Object.assign(holder.make(scope), entry);
    prefixRows(reading, rows, path);
  };
}

/** Rows are relative to the scope that was read; now it has its place. */
function prefixRows<N>({ rows }: Reading<N>, since: number, path: string): void {
  if (rows === undefined) return;
  for (let at = since; at < rows.length; at++) {
    const row = rows[at]!;
    rows[at] = { ...row, path: `${path}.${row.path}` };
  }
}
