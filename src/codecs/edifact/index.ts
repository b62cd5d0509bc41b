/** The EDIFACT codec. */
import type { Codec } from '../../model/codec.ts';
import { rereadMessage } from '../edi/reread.ts';
import { Scanner } from '../edi/scanner.ts';
import { edifactDialect } from './dialect.ts';
import { encodeEdifact } from './encode.ts';
import { sniffEdifact } from './sniff.ts';

export const edifact: Codec = {
  name: 'edifact',
  contentType: 'application/edifact',
  extension: '.edi',
  sniff: sniffEdifact,
  decoder: (on, options) => new Scanner(edifactDialect, on, options.limits),
  message: (bytes, found, syntax) => rereadMessage(bytes, found, syntax),
  encode: encodeEdifact,
};
