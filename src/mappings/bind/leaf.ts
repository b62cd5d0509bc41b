/** Binds a leaf: what a value of the message is in the document, with all its words. */

import { type CodeTable, parseTable } from '../codes.ts';
import { type ContextPath, parseContext } from '../context.ts';
import { parseFormula } from '../formula.ts';
import type {
  BoundSign,
  BoundTarget,
  BoundTest,
  Derived,
  LeafPlace,
  LeafRule,
  LeafVerb,
} from '../model.ts';
import { type RuleTree, saidText, type Word } from '../rule.ts';
import { conversionOf, rawConversion } from '../types.ts';
import type { Binding, BindScope } from './binding.ts';
import { checkTypes } from './check-types.ts';
import { bindTargets, claimTargets, parsed, shareRule, shareSteps } from './targets.ts';

const leafVerbs: readonly LeafVerb[] = [
  'to',
  'or',
  'copy',
  'count',
  'sum',
  'constant',
  'ignore',
  'write',
];

/** undefined with faults when the rule is wrong. */
export function bindLeaf(
  tree: RuleTree,
  places: readonly LeafPlace[],
  format: LeafPlace | undefined,
  scope: BindScope,
  binding: Binding,
): LeafRule | undefined {
  const { faults } = binding;
  const said = leafVerbs.filter((each) => tree.said.has(each));
  const [verb, other] = said;
  if (verb === undefined || (other !== undefined && other !== 'write')) {
    faults.error('map-syntax', tree.origin, verbText(tree, said));
    return undefined;
  }
  const parts = { codes: bindCodes(tree, binding), ...bindFormulas(tree, verb, binding) };
  const targets = bindLeafTargets(tree, verb, scope, binding);
  if (targets === undefined) return undefined;
  const constant = bindConstant(tree, verb, binding);
  const definition = places[0]?.definition;
  const field = targets[0]?.field;
  const isConverted = field !== undefined && parts.codes === undefined;
  const leaf: LeafRule = {
    is: 'leaf',
    address: tree.address,
    origin: tree.origin,
    require: saidText(tree, 'require') === 'yes',
    forbid: saidText(tree, 'forbid') === 'yes',
    verb,
    places,
    format: isMoment(targets, parts.codes) ? format : undefined,
    targets,
    conversion: isConverted ? conversionOf(definition, field) : rawConversion(definition),
    ...parts,
    default: saidText(tree, 'default'),
    none: saidText(tree, 'none'),
    text: bindText(tree, binding),
    sign: bindSign(tree, scope, binding),
    negate: bindTest(tree, 'negate', scope, binding),
    only: bindOnly(tree),
    constant,
    derived: bindDerived(tree, verb, scope, binding),
    json: bindJson(tree, binding),
  };
  checkTypes(leaf, tree, binding);
  claimLeaf(leaf, tree, scope, binding);
  return leaf;
}

function verbText({ address }: RuleTree, said: readonly Word[]): string {
  return said.length === 0
    ? `${address} has no target: write to: field, a constant =X, or ignore`
    : `${address} has ${said.join(' and ')}: one rule does one thing`;
}

/** 2379 goes with 2380 when the field is a date, or a text that may hold any moment. */
function isMoment(targets: readonly BoundTarget[], codes: CodeTable | undefined): boolean {
  const format = targets[0]?.field.format;
  return codes === undefined && (format === 'date' || format === 'time' || format === 'text');
}

function bindLeafTargets(
  tree: RuleTree,
  verb: LeafVerb,
  scope: BindScope,
  { faults }: Binding,
): readonly BoundTarget[] | undefined {
  if (verb !== 'to' && verb !== 'or' && verb !== 'copy') return [];
  return bindTargets(saidText(tree, verb)!, wordOrigin(tree, verb), scope, faults);
}

const wordOrigin = (tree: RuleTree, word: Word) => tree.said.get(word)?.origin ?? tree.origin;

function bindCodes(tree: RuleTree, binding: Binding): CodeTable | undefined {
  const entry = tree.said.get('codes');
  if (entry === undefined) return undefined;
  const { value } = entry;
  if (value.is === 'text') return binding.findTable(value.text, entry.origin);
  if (value.is !== 'map') return undefined;
  const { findTable, faults, message } = binding;
  return parseTable(value, 'inline', findTable, faults, message.standard);
}

function bindFormulas(tree: RuleTree, verb: LeafVerb, binding: Binding) {
  const formula = (word: 'read' | 'write') => {
    const text = saidText(tree, word);
    if (text === undefined || verb === 'write') return undefined;
    return parsed(() => parseFormula(text), wordOrigin(tree, word), binding.faults);
  };
  return { read: formula('read'), write: formula('write') };
}

function bindConstant(
  tree: RuleTree,
  verb: LeafVerb,
  { faults }: Binding,
): ContextPath | string | undefined {
  if (verb !== 'constant' && verb !== 'write') return undefined;
  const text = saidText(tree, verb)!;
  const origin = wordOrigin(tree, verb);
  if (verb === 'constant' && !text.startsWith('$')) return text;
  if (verb === 'write') {
    faults.info(
      'map-one-way',
      origin,
      `${tree.address}: ${text} is written, and dropped when read`,
    );
  }
  return parsed(() => parseContext(text), origin, faults);
}

function bindText(tree: RuleTree, { faults }: Binding): LeafRule['text'] {
  const text = saidText(tree, 'text');
  if (text === undefined || text === 'lines' || text === 'flow') return text;
  faults.error('map-syntax', wordOrigin(tree, 'text'), `${tree.address}: text is lines or flow`);
  return undefined;
}

function bindJson(tree: RuleTree, { faults, message }: Binding): LeafRule['json'] {
  const text = saidText(tree, 'json');
  if (text === undefined) return undefined;
  if (message.standard === 'json' && (text === 'number' || text === 'boolean')) return text;
  const why = message.standard === 'json' ? 'json is number or boolean' : 'the message is no JSON';
  faults.error('map-syntax', wordOrigin(tree, 'json'), `${tree.address}: ${why}`);
  return undefined;
}

function bindSign(tree: RuleTree, scope: BindScope, binding: Binding): BoundSign | undefined {
  const entry = tree.said.get('sign');
  if (entry === undefined) return undefined;
  const words = new Map(
    entry.value.is === 'map'
      ? entry.value.entries.map(({ key, value }) => [key, value.is === 'text' ? value.text : ''])
      : [],
  );
  const [to, minus, plus] = ['to', 'minus', 'plus'].map((word) => words.get(word) ?? '');
  if (!to || !minus || !plus || words.size !== 3 || minus === plus) {
    const text = `${tree.address}: sign is { to: field, minus: word, plus: word }`;
    binding.faults.error('map-syntax', entry.origin, text);
    return undefined;
  }
  const [target] = bindTargets(to, entry.origin, scope, binding.faults) ?? [];
  return target === undefined ? undefined : { target, minus, plus };
}

/** `type=creditNote`, in the scope or else in the document. */
function bindTest(
  tree: RuleTree,
  word: 'negate',
  { field }: BindScope,
  { faults, document }: Binding,
): BoundTest | undefined {
  const text = saidText(tree, word);
  if (text === undefined) return undefined;
  const [path = '', value = '', ...rest] = text.split('=').map((part) => part.trim());
  const steps = path.split('.');
  if (path === '' || value === '' || rest.length > 0) {
    faults.error('map-syntax', wordOrigin(tree, word), `${tree.address}: ${word} is field=value`);
    return undefined;
  }
  const inScope = field.field(steps[0]!) !== undefined;
  if (!inScope && document.field(steps[0]!) === undefined) {
    const said = `no field ${path}, neither here nor in the document`;
    faults.error('map-target-unknown', wordOrigin(tree, word), said);
  }
  return { steps, value, inDocument: !inScope || field === document };
}

function bindOnly(tree: RuleTree): ReadonlySet<string> | undefined {
  const text = saidText(tree, 'only');
  return text === undefined ? undefined : new Set(text.split('|').map((code) => code.trim()));
}

function bindDerived(
  tree: RuleTree,
  verb: LeafVerb,
  { field }: BindScope,
  { faults, family }: Binding,
): Derived | undefined {
  if (verb !== 'count' && verb !== 'sum') return undefined;
  const text = saidText(tree, verb)!;
  const origin = wordOrigin(tree, verb);
  const steps = text.split('.').map((step) => step.trim().replace(/\*$/, ''));
  let at: ReturnType<typeof field.field> = field;
  for (const step of steps) {
    at = at?.is === 'list' ? at.item : at;
    at = at?.is === 'object' ? at.field(step) : undefined;
  }
  const wanted = verb === 'count' ? 'list' : 'scalar';
  const slash = family === 'tree' ? `; a place called ${verb} is written /${verb}` : '';
  if (at === undefined) faults.error('map-target-unknown', origin, `no field ${text}${slash}`);
  else if (at.is !== wanted) {
    const kind = verb === 'count' ? 'list' : 'value';
    faults.error('map-target-type', origin, `${verb}: ${text} is no ${kind}${slash}`);
  }
  return { verb, steps, text, verifyOnly: saidText(tree, 'verify') === 'only' };
}

/** Which ways a leaf goes, and which fields and lists it takes part in. */
function claimLeaf(leaf: LeafRule, tree: RuleTree, scope: BindScope, binding: Binding): void {
  const reads = leaf.write === undefined || leaf.read !== undefined;
  const writes = leaf.read === undefined || leaf.write !== undefined;
  if (reads !== writes) {
    const text = `${tree.address} is only ${reads ? 'read' : 'written'}: it has no ${reads ? 'write' : 'read'}:`;
    binding.faults.info('map-one-way', tree.origin, text);
  }
  if (leaf.verb === 'to') {
    const sign = leaf.sign === undefined ? [] : [leaf.sign.target];
    claimTargets(
      [...leaf.targets, ...sign],
      { origin: tree.origin, reads, writes },
      scope,
      binding,
    );
  }
  for (const target of leaf.targets) {
    shareSteps(target.steps, scope);
    if (target.list && leaf.verb === 'to') shareRule(target.steps, leaf, scope);
  }
}
