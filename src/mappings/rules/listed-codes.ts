/** Codes that a rule names and the standard's list does not have. */
import type { ElementDefinition } from '../../standards/definition.ts';
import { type FaultList, nearestWord, type Origin } from '../fault.ts';

/** Partners agree on codes of later versions, so one outside the list is told, and used. */
export function tellUnlisted(
  where: string,
  values: readonly string[],
  definition: ElementDefinition | undefined,
  origin: Origin,
  faults: FaultList,
): void {
  const codes = definition?.codes;
  if (codes === undefined) return;
  for (const value of values) {
    if (codes.has(value)) continue;
    const list = `the standard's list of element ${definition!.id}`;
    faults.warn('map-rule', origin, `${where}: ${value} is not in ${list}${hint(value, codes)}`);
  }
}

const listedMax = 12;

/** Of two letters every code is near: then those that begin alike are told. */
function hint(value: string, codes: ReadonlySet<string>): string {
  if (value.length > 2) {
    const near = nearestWord(value, codes);
    return near === undefined ? '' : `; did you mean ${near}?`;
  }
  const alike = [...codes].filter((code) => code.charAt(0) === value.charAt(0));
  const shown = (codes.size <= listedMax ? [...codes] : alike).slice(0, listedMax);
  return shown.length === 0 ? '' : `; it has ${shown.join(' ')}`;
}
