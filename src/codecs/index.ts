/** The codecs, in the order in which they look at a file's first bytes. One line a codec. */
import type { Codec } from '../model/codec.ts';
import { cxml } from './cxml/cxml.ts';
import { json } from './json/json.ts';

export const codecs: readonly Codec[] = [cxml, json];
