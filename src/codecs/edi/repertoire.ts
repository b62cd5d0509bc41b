/**
 * Which printable ASCII characters an interchange uses although its character set does not allow
 * them (ISO 9735 §5: level A has no small letters, levels A and B no `@`). They can be read, so this
 * is judged apart from the decoding; other bytes are judged there.
 */
import type { Syntax } from '../../model/envelope.ts';
import { findCharset } from './charset.ts';

export interface Disallowed {
  /** Offset of the first, and how many there are. */
  readonly at: number;
  readonly count: number;
}

const tables = new WeakMap<Syntax, Uint8Array | undefined>();

/** undefined: the character set allows all of ASCII. */
export function disallowedOf(syntax: Syntax): Uint8Array | undefined {
  if (tables.has(syntax)) return tables.get(syntax);
  const table = makeTable(syntax);
  tables.set(syntax, table);
  return table;
}

/** The separators in use are no data, whatever they are. */
function makeTable(syntax: Syntax): Uint8Array | undefined {
  const charset = findCharset(syntax.charset);
  if (charset?.isAllowed === undefined) return undefined;
  const { element, component, repetition = '', terminator, release = '' } = syntax;
  const separators = element + component + repetition + terminator + release;
  return Uint8Array.from({ length: 256 }, (_, code) => {
    if (code < 0x20 || code > 0x7e) return 0;
    const character = String.fromCharCode(code);
    return separators.includes(character) || charset.isAllowed?.(character) ? 0 : 1;
  });
}

/** undefined: there are none. */
export function findDisallowed(bytes: Uint8Array, table: Uint8Array): Disallowed | undefined {
  let first = -1;
  let count = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (table[bytes[at]!] === 0) continue;
    if (count++ === 0) first = at;
  }
  return count === 0 ? undefined : { at: first, count };
}
