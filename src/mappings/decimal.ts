/** Decimals as text: the digits that were sent, compared and summed exactly, never as floats. */

const form = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;
const digitsMax = 64;

/** `+010.50` is `10.50`, `.5` is `0.5`, `5.` is `5`; undefined for what is no decimal. */
export function normalDecimal(text: string): string | undefined {
  if (text.length > digitsMax) return undefined;
  if (isNormal(text)) return text;
  if (!form.test(text)) return undefined;
  const negative = text.startsWith('-');
  const unsigned = negative || text.startsWith('+') ? text.slice(1) : text;
  const [whole = '', fraction = ''] = unsigned.split('.');
  let first = 0;
  while (first < whole.length - 1 && whole[first] === '0') first++;
  const digits = `${whole.slice(first) || '0'}${fraction === '' ? '' : `.${fraction}`}`;
  return negative && !isZero(digits) ? `-${digits}` : digits;
}

/** What needs no change, as all that a careful sender sends: `0`, `12`, `0.50`. */
function isNormal(text: string): boolean {
  let at = 0;
  while (isDigit(text, at)) at++;
  if (at === 0 || (at > 1 && text.charCodeAt(0) === zero)) return false;
  if (at === text.length) return true;
  if (text.charCodeAt(at) !== point || at + 1 === text.length) return false;
  for (at++; isDigit(text, at); at++);
  return at === text.length;
}

const zero = 48;
const nine = 57;
const point = 46;

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= zero && code <= nine;
}

export const isZero = (decimal: string): boolean => !/[1-9]/.test(decimal);

export const negated = (decimal: string): string => {
  if (isZero(decimal)) return decimal;
  return decimal.startsWith('-') ? decimal.slice(1) : `-${decimal}`;
};

/** The integer that stands for a decimal with so many places; undefined when it has more. */
export function withPlaces(decimal: string, places: number): string | undefined {
  const negative = decimal.startsWith('-');
  const [whole = '', fraction = ''] = (negative ? decimal.slice(1) : decimal).split('.');
  if (fraction.length > places && !isZero(fraction.slice(places))) return undefined;
  const digits = normalDecimal(whole + fraction.slice(0, places).padEnd(places, '0'))!;
  return negative && digits !== '0' ? `-${digits}` : digits;
}

/** `1050` with two implied places is `10.50`. */
export function impliedPlaces(integer: string, places: number): string | undefined {
  if (!/^[+-]?\d+$/.test(integer)) return undefined;
  if (places === 0) return normalDecimal(integer);
  const negative = integer.startsWith('-');
  const digits = integer.replace(/^[+-]/, '').padStart(places + 1, '0');
  const text = `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return normalDecimal(negative ? `-${text}` : text);
}

/** Exact sum of decimals; undefined when one is none. */
export function sumDecimals(decimals: readonly string[]): string | undefined {
  let places = 0;
  for (const each of decimals) places = Math.max(places, (each.split('.')[1] ?? '').length);
  let sum = 0n;
  for (const each of decimals) {
    const normal = normalDecimal(each);
    if (normal === undefined) return undefined;
    sum += BigInt(withPlaces(normal, places)!);
  }
  return impliedPlaces(sum.toString(), places);
}

/** `10.50` and `10.5` are the same number. */
export function sameDecimal(a: string, b: string): boolean {
  if (a === b) return true;
  const left = normalDecimal(a);
  const right = normalDecimal(b);
  if (left === undefined || right === undefined) return false;
  const places = Math.max((left.split('.')[1] ?? '').length, (right.split('.')[1] ?? '').length);
  return withPlaces(left, places) === withPlaces(right, places);
}
