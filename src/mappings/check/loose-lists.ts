/** Lists that several rules feed: reading gives their entries in the order of the rules. */
import type { Body, BoundMapping, BoundStep } from '../model.ts';

const depthMax = 8;

/** Paths without positions: `lines.statuses`. */
export function looseLists(bound: BoundMapping): ReadonlySet<string> {
  const paths = new Set<string>();
  collect(bound.body, '', paths, 0);
  return paths;
}

function collect(body: Body, path: string, paths: Set<string>, depth: number): void {
  if (depth > depthMax) return;
  for (const [name, { rules, selections }] of body.scope.shared) {
    if (rules.length + selections.length > 1) paths.add(join(path, plain(name)));
  }
  for (const rule of body.rules) {
    if (rule.is === 'leaf') continue;
    const inner = rule.as === undefined ? path : join(path, namesOf(rule.as.steps));
    collect(rule.body, inner, paths, depth + 1);
  }
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);
const plain = (name: string): string => name.replaceAll(/\([^()]*\)/g, '');
const namesOf = (steps: readonly BoundStep[]): string => steps.map(({ name }) => name).join('.');
