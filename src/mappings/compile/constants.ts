/** Constants of a rule: text, or a value of the context. */
import { type ContextSources, contextValue } from '../context.ts';
import type { LeafRule } from '../model.ts';

/** undefined when the context has no such value. */
export function constantText(
  constant: LeafRule['constant'],
  sources: ContextSources,
  scope: object,
): string | undefined {
  if (constant === undefined || typeof constant === 'string') return constant;
  return contextValue(constant, sources, scope);
}
