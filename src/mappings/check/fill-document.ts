/** fill(d) of the first law: the document with what absence means put in, and what is given. */
import { asEntry, type Entry, fieldAccess, holderAccess, listAccess } from '../compile/fields.ts';
import { compileGiven } from '../compile/given.ts';
import { noLookups } from '../lookups.ts';
import type { MappingContext } from '../mapping.ts';
import type { Body, BoundMapping, BoundScope, Rule } from '../model.ts';

/** A copy; the document itself stays as it is. */
export function fillDocument(
  { body, given }: BoundMapping,
  document: Entry,
  context: MappingContext,
): Entry {
  const filled = structuredClone(document);
  const sources = { context, document: filled, lookups: noLookups };
  compileGiven(given, 'write')?.(filled, sources, [], undefined);
  fillBody(body, filled, 0);
  compileGiven(given, 'read')?.(filled, sources, [], undefined);
  return filled;
}

const depthMax = 12;

function fillBody(body: Body, entry: Entry, depth: number): void {
  if (depth > depthMax) return;
  for (const rule of body.rules) fillRule(rule, entry, depth);
}

function fillRule(rule: Rule, entry: Entry, depth: number): void {
  if (rule.is === 'leaf') {
    const [target] = rule.targets;
    if (rule.verb !== 'to' || rule.default === undefined || target === undefined) return;
    const field = fieldAccess(target);
    if (field.get(entry) === undefined) field.set(entry, rule.default);
  } else if (rule.as === undefined) fillBody(rule.body, entry, depth);
  else for (const each of entriesOf(rule.as, entry)) fillBody(rule.body, each, depth + 1);
}

/** A default is filled in where its scope is there, never to make one. */
function entriesOf(as: BoundScope, entry: Entry): readonly Entry[] {
  if (as.kind === 'list') {
    return listAccess(as.steps)
      .get(entry)
      .flatMap((each): Entry[] => {
        const item = asEntry(each);
        return item === undefined ? [] : [item];
      });
  }
  const held = holderAccess(as.steps).find(entry);
  if (held === undefined) return [];
  return as.kind === 'single'
    ? [held]
    : Object.values(held).flatMap((each): Entry[] => {
        const item = asEntry(each);
        return item === undefined ? [] : [item];
      });
}
