/** What UNB S001 says of the syntax, and is not known: how the bytes are to be read is then a guess. */
import type { Syntax } from '../../model/envelope.ts';
import type { Place } from '../../model/finding.ts';
import type { Segments } from '../../model/message.ts';
import { findCharset } from '../edi/charset.ts';
import { cut, type Faults, fault } from '../edi/faults.ts';

export function checkSyntax(
  faults: Faults,
  name: string,
  header: Segments,
  { charset, version, encoding = '' }: Syntax,
): void {
  const at = (component: number): Place => ({
    ...{ path: `${name} / UNB01-${component}`, tag: 'UNB', element: 1, component },
    ...header.range(0, 1, component),
  });
  if (findCharset(charset) === undefined) {
    const text = `The character set ${quoted(charset)} is not known; the bytes are read as latin1.`;
    faults.add(fault('charset-unknown', at(1), text, { value: charset }));
  }
  if (!/^[1-4]$/.test(version)) {
    const text = `The syntax version ${quoted(version)} is not known: there are 1 to 4.`;
    faults.add(fault('syntax-unknown', at(2), text, { value: version }));
  }
  if (encoding !== '' && !isRead(encoding, charset)) {
    const text = `The encoding ${quoted(encoding)} (0133) is not read; ${cut(charset)} decides.`;
    faults.add(fault('charset-unknown', at(4), text, { value: encoding, severity: 'warning' }));
  }
}

const quoted = (text: string): string => JSON.stringify(cut(text, 40));

/** ISO 9735-1, code list 0133: 1 and 2 are ASCII of 7 and 8 bits, 7 is UTF-8. */
const isRead = (encoding: string, charset: string): boolean =>
  encoding === '7' ? charset === 'UNOW' || charset === 'UNOY' : /^(1|2|ZZZ)$/.test(encoding);
