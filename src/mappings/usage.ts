/** What a mapping uses of its message, for the guide that its partner gets. */
import type { Slot } from '../standards/definition.ts';
import type { CodeUse, PathUse, SegmentUse, ValueUse } from '../standards/guide/use.ts';
import type { CodeTable } from './codes.ts';
import type {
  Body,
  BoundCondition,
  BoundMapping,
  BoundScope,
  ChunkRule,
  LeafPlace,
  LeafRule,
  NodeRule,
  Rule,
} from './model.ts';

export interface MappingUse {
  /** Of segments; empty for trees. */
  readonly segments: readonly SegmentUse[];
  /** Of trees; empty for segments. */
  readonly paths: readonly PathUse[];
}

export function usageOf({ root, body }: BoundMapping): MappingUse {
  const use: Gathered = { segments: [], paths: [] };
  gather(use, body, { ...nowhere, slot: root });
  return use;
}

interface Gathered {
  readonly segments: (SegmentUse & { readonly values: ValueUse[] })[];
  readonly paths: PathUse[];
}

/** Where a body stands. */
interface Standing {
  /** `lines[].`, what fields inside are below. */
  readonly prefix: string;
  /** `cXML/Request/`, in trees. */
  readonly path: string;
  readonly slot: Slot | undefined;
  readonly values: ValueUse[] | undefined;
  readonly when: string;
  /** The element before a chunk, and whether the chunk counts components of one element. */
  readonly base: number;
  readonly composite: number;
  readonly above: readonly Slot[];
}

const nowhere: Standing = {
  ...{ prefix: '', path: '', slot: undefined, values: undefined, when: '' },
  ...{ base: 0, composite: 0, above: [] },
};

function gather(use: Gathered, { rules }: Body, standing: Standing): void {
  for (const rule of rules) gatherRule(use, rule, standing);
}

function gatherRule(use: Gathered, rule: Rule, standing: Standing): void {
  if (rule.is === 'node') gatherNode(use, rule, standing);
  else if (rule.is === 'chunk') gatherChunk(use, rule, standing);
  else gatherLeaf(use, rule, standing);
}

function gatherNode(use: Gathered, rule: NodeRule, standing: Standing): void {
  const { slot, conditions, require, forbid, ignore } = rule;
  const prefix = standing.prefix + scopeText(rule.as);
  if (slot === undefined) {
    const tests = conditions.map(({ values }) => `(${values.join('|')})`).join('');
    const path = `${standing.path}${rule.name}${tests}/`;
    if (!ignore) gather(use, rule.body, { ...standing, prefix, path });
    return;
  }
  if (ignore) return;
  const when = conditions.map((it) => conditionText(slot.tag, it)).join(' and ');
  const values = conditions.map((it) => conditionUse(it));
  use.segments.push({ slot, when, require, forbid, values });
  // Levels hold levels: each is told once.
  if (standing.above.includes(slot)) return;
  const above = [...standing.above, slot];
  gather(use, rule.body, { ...nowhere, prefix, slot, values, when, above });
}

/** Every chunk has the same rules, so each place of the run is told. */
function gatherChunk(use: Gathered, rule: ChunkRule, standing: Standing): void {
  const { element, component, last, by, conditions } = rule;
  const first = component === 0 ? element : component;
  const tag = standing.slot?.tag ?? '';
  const own = conditions.map((it) => conditionText(tag, it)).join(' and ');
  const when = [standing.when, own].filter(Boolean).join(' and ');
  const prefix = standing.prefix + scopeText(rule.as);
  for (let at = first; at + by - 1 <= last; at += by) {
    const composite = component === 0 ? 0 : element;
    gather(use, rule.body, { ...standing, prefix, when, base: at - 1, composite });
  }
}

function gatherLeaf(use: Gathered, rule: LeafRule, standing: Standing): void {
  const { require, forbid, verb } = rule;
  if (verb === 'ignore') return;
  const codes = codesOf(rule);
  const field = fieldOf(rule, standing.prefix);
  for (const place of [...rule.places, ...(rule.format === undefined ? [] : [rule.format])]) {
    const isFormat = place === rule.format;
    const said = {
      field: isFormat ? 'form of the date' : field,
      codes: isFormat ? [] : codes,
      require,
      forbid,
    };
    if (standing.values === undefined) {
      const path = `${standing.path}${place.attribute === '' ? '' : `@${place.attribute}`}`;
      use.paths.push({ ...said, path: path.replace(/\/$/, '') });
    } else {
      const isClosed = rule.only !== undefined || rule.codes?.other === 'refuse';
      const where = placeIn(standing, place);
      standing.values.push({ ...said, ...where, when: standing.when, isClosed });
    }
  }
}

function placeIn(
  { base, composite }: Standing,
  { element, component }: LeafPlace,
): { readonly element: number; readonly component: number } {
  return composite === 0
    ? { element: base + element, component }
    : { element: composite, component: base + element };
}

/** `lines[].`; a keyed entry says by what: `parties[role].`. */
function scopeText(scope: BoundScope | undefined): string {
  if (scope === undefined) return '';
  const steps = scope.steps.map(({ name }) => name).join('.');
  if (scope.kind === 'single') return `${steps}.`;
  return scope.kind === 'list' ? `${steps}[].` : `${steps}[${scope.by ?? ''}].`;
}

function fieldOf(rule: LeafRule, prefix: string): string {
  const { verb, targets, constant, derived } = rule;
  if (constant !== undefined) {
    return `always ${typeof constant === 'string' ? constant : constant.text}`;
  }
  if (derived !== undefined) return `${derived.verb} of ${derived.text}`;
  const names = targets.map(({ text }) => prefix + text.replace(/\*/g, '[]'));
  return names.length === 0 ? verb : names.join(' and ');
}

function codesOf({ codes, only, constant }: LeafRule): readonly CodeUse[] {
  if (typeof constant === 'string') return [{ code: constant, meaning: '' }];
  const known = codes === undefined ? [] : codeUses(codes);
  if (only === undefined) return known;
  const meanings = new Map(known.map(({ code, meaning }) => [code, meaning]));
  return [...only].map((code) => ({ code, meaning: meanings.get(code) ?? '' }));
}

const codeUses = ({ rows }: CodeTable): readonly CodeUse[] =>
  rows.flatMap(({ canonical, raws }) =>
    raws.map((code) => ({ code, meaning: inWords(canonical) })),
  );

/** `shipTo` is `ship to`. */
const inWords = (name: string): string =>
  name.replace(/[a-z][A-Z]/g, (pair) => `${pair.charAt(0)} ${pair.charAt(1).toLowerCase()}`);

function conditionText(tag: string, { place, values }: BoundCondition): string {
  const element = `${tag}${`${place.element}`.padStart(2, '0')}`;
  const name = place.component === 0 ? element : `${element}-${place.component}`;
  return `${name} = ${values.join(' or ')}`;
}

const conditionUse = ({ place, values }: BoundCondition): ValueUse => ({
  ...{ element: place.element, component: place.component, field: '', when: '' },
  ...{ require: false, forbid: false, isClosed: false },
  codes: values.map((code) => ({ code, meaning: '' })),
});
