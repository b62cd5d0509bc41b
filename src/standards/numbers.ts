/** Numbers as EDI writes them, and as the rest of the hub wants them. */

/**
 * An EDIFACT or X12 number with a point as its decimal mark: `12,5` is `12.5`. Before syntax 4 both
 * marks are in use whatever UNA says (ISO 9735 §10). Undefined where it is no number.
 */
export function plainNumber(text: string): string | undefined {
  const plain = text.includes(',') ? text.replace(',', '.') : text;
  return isPlainNumber(plain) ? plain : undefined;
}

/** An optional sign, digits, at most one point, and a digit somewhere. */
function isPlainNumber(text: string): boolean {
  let digits = 0;
  let points = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character >= 48 && character <= 57) digits += 1;
    else if (character === 46) points += 1;
    else if (at > 0 || (character !== 45 && character !== 43)) return false;
  }
  return digits > 0 && points <= 1;
}
