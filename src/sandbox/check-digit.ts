/** GS1 check digit (GTIN, GLN, SSCC): weights 3 and 1 from the right, up to the next ten. */
export function checkDigit(digits: string): string {
  let total = 0;
  for (let index = 0; index < digits.length; index++) {
    const weight = (digits.length - index) % 2 === 1 ? 3 : 1;
    total += Number(digits[index]) * weight;
  }
  return String((10 - (total % 10)) % 10);
}

/** A serial shipping container code: extension digit 0, company prefix, serial, check digit. */
export function sscc(companyPrefix: string, serial: number): string {
  const digits = `0${companyPrefix}${String(serial).padStart(16 - companyPrefix.length, '0')}`;
  return digits + checkDigit(digits);
}
