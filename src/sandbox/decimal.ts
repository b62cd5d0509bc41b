/** Decimal texts (`-12.50`) calculated exactly: whole numbers of the smallest unit, never a float. */
export type Decimal = string;

interface Scaled {
  readonly units: bigint;
  /** Digits after the point. */
  readonly scale: number;
}

export function multiply(left: Decimal, right: Decimal): Decimal {
  const a = parse(left);
  const b = parse(right);
  return format({ units: a.units * b.units, scale: a.scale + b.scale });
}

export function add(left: Decimal, right: Decimal): Decimal {
  const [a, b, scale] = aligned(left, right);
  return format({ units: a + b, scale });
}

export const subtract = (left: Decimal, right: Decimal): Decimal =>
  add(left, right.startsWith('-') ? right.slice(1) : `-${right}`);

export const sum = (values: readonly Decimal[], scale = 0): Decimal =>
  values.reduce(add, round('0', scale));

/** Negative, zero or positive, as `left` is below, equal to or above `right`. */
export function compare(left: Decimal, right: Decimal): number {
  const [a, b] = aligned(left, right);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Rounds half away from zero, and always writes `scale` digits after the point. */
export function round(value: Decimal, scale: number): Decimal {
  const { units, scale: from } = parse(value);
  if (from <= scale) return format({ units: units * 10n ** BigInt(scale - from), scale });
  const divisor = 10n ** BigInt(from - scale);
  const half = units < 0n ? -divisor / 2n : divisor / 2n;
  return format({ units: (units + half) / divisor, scale });
}

function aligned(left: Decimal, right: Decimal): [bigint, bigint, number] {
  const a = parse(left);
  const b = parse(right);
  const scale = Math.max(a.scale, b.scale);
  const lift = (value: Scaled) => value.units * 10n ** BigInt(scale - value.scale);
  return [lift(a), lift(b), scale];
}

function parse(text: Decimal): Scaled {
  if (!/^-?\d{1,18}(\.\d{1,18})?$/.test(text)) throw new RangeError(`Not a decimal: ${text}`);
  const point = text.indexOf('.');
  const scale = point < 0 ? 0 : text.length - point - 1;
  return { units: BigInt(text.replace('.', '')), scale };
}

function format({ units, scale }: Scaled): Decimal {
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  return scale === 0 ? sign + digits : `${sign}${whole}.${digits.slice(-scale)}`;
}
