/** The X12 codec. */
import type { Codec } from '../../model/codec.ts';
import { rereadMessage } from '../edi/reread.ts';
import { Scanner } from '../edi/scanner.ts';
import { x12Dialect } from './dialect.ts';
import { encodeX12 } from './encode.ts';
import { sniffX12 } from './sniff.ts';

export const x12: Codec = {
  name: 'x12',
  contentType: 'application/edi-x12',
  extension: '.x12',
  sniff: sniffX12,
  decoder: (on, options) => new Scanner(x12Dialect, on, options.limits),
  message: (bytes, found, syntax) => rereadMessage(bytes, found, syntax, x12Dialect.binary),
  encode: encodeX12,
};
