/** Which installed version stands in for one that is not installed. */

/** The candidate nearest in time to the version; of two equally near, the newer. */
export function nearestVersion(
  standard: string,
  version: string,
  candidates: readonly string[],
): string | undefined {
  const wanted = ordinal(standard, version);
  if (wanted === undefined) return undefined;
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const distance = Math.abs((ordinal(standard, candidate) ?? Number.NaN) - wanted);
    if (distance < bestDistance || (distance === bestDistance && candidate > (best ?? ''))) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** A number that grows with the age of the version: half-years for EDIFACT, the digits for X12. */
function ordinal(standard: string, version: string): number | undefined {
  return standard === 'edifact' ? edifactOrdinal(version) : x12Ordinal(version);
}

/** `D96A`, `S93A`, `96A` or `911` as older messages have it, and `D96` where the half is missing. */
function edifactOrdinal(version: string): number | undefined {
  const [, year, half = 'A'] = /(\d\d)([A-C1-3])?$/.exec(version.toUpperCase()) ?? [];
  if (year === undefined) return undefined;
  const full = Number(year) + (Number(year) < 80 ? 2000 : 1900);
  return full * 2 + ('B2'.includes(half) ? 1 : 0);
}

/** Of `00401X` and `005040VICS` the digits count: version, release, and subrelease if told. */
function x12Ordinal(version: string): number | undefined {
  const digits = /^0\d{4,5}/.exec(version)?.[0];
  return digits === undefined ? undefined : Number(digits.padEnd(6, '0'));
}
