/** JSON: an ERP's own objects. What they are is said by the transport or the agreement. */
import type { Codec } from '../../model/codec.ts';
import { jsonDecoder, jsonMessage } from './decode.ts';
import { encodeJson } from './encode.ts';

/**
 * The tree's root is the object itself and has the name '': places begin with its members. Each
 * item of an array is a child with the member's name; `null` and `[]` are absent.
 */
export const json: Codec = {
  name: 'json',
  contentType: 'application/json',
  extension: '.json',
  sniff: (head) => {
    const text = Buffer.from(head.subarray(0, 4096)).toString('latin1');
    return /^(?:\xEF\xBB\xBF)?[ \t\r\n]*[{[]/.test(text);
  },
  decoder: jsonDecoder,
  message: (bytes, found, _syntax, limits) => jsonMessage(bytes, found, limits),
  encode: encodeJson,
};
