/** The codecs, in the order in which they look at a file's first bytes. One line a codec. */
import type { Codec } from '../model/codec.ts';
import { cxml } from './cxml/cxml.ts';
import { edifact } from './edifact/index.ts';
import { json } from './json/json.ts';
import { x12 } from './x12/index.ts';

export const codecs: readonly Codec[] = [x12, edifact, cxml, json];
