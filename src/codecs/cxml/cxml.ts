/** cXML 1.2: one file is one envelope with one Request, Message or Response. */
import type { Codec } from '../../model/codec.ts';
import { cxmlDecoder, cxmlMessage } from './decode.ts';
import { encodeCxml } from './encode.ts';
import { cxmlReply } from './response.ts';
import { isCxml } from './sniff.ts';

export const cxml: Codec = {
  name: 'cxml',
  contentType: 'text/xml',
  extension: '.xml',
  sniff: isCxml,
  decoder: cxmlDecoder,
  message: (bytes, found, _syntax, limits) => cxmlMessage(bytes, found, limits),
  encode: encodeCxml,
  reply: cxmlReply,
};
