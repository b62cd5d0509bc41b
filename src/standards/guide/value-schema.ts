/** One value of an element as JSON Schema. */
import type { ElementDefinition } from '../definition.ts';

export type Schema = Readonly<Record<string, unknown>>;

/** The length of a number is that of its digits (X12.6 3.5.1, ISO 9735 10). */
export function valueSchema({ type, min, max, codes }: ElementDefinition): Schema {
  if (/^(?:R|n|N\d?)$/.test(type)) return { type: 'string', pattern: numberPattern(min, max) };
  const lengths = [...(codes ?? [])].map((code) => code.length);
  const longest = Math.max(max, ...lengths);
  const least = Math.max(1, Math.min(min, ...lengths));
  return {
    ...{ type: 'string', minLength: least },
    ...(Number.isFinite(longest) ? { maxLength: longest } : {}),
  };
}

export const numberPattern = (min: number, max: number): string =>
  `^-?(?:[.,]?[0-9]){${Math.max(1, min)},${Number.isFinite(max) ? max : ''}}[.,]?$`;
