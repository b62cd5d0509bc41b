/** Samples of any message of any installed version, and what our own reader says of them. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { edifact } from '../../src/codecs/edifact/index.ts';
import { x12 } from '../../src/codecs/x12/index.ts';
import type { InterchangeData } from '../../src/model/envelope.ts';
import type { Finding } from '../../src/model/finding.ts';
import { type Random, seededRandom } from '../../src/model/random.ts';
import { checkMessage } from '../../src/standards/check.ts';
import type { MessageDefinition } from '../../src/standards/definition.ts';
import { decodeEdi, standards } from './check-file.ts';

const folder = join(import.meta.dirname, '..', '..', 'standards');
const dictionaryFiles = new Set(['segments', 'composites', 'elements', 'codes', 'code-names']);

/** Every message of every version: `['x12', '004010', '850']`. */
export const allMessages: readonly (readonly [string, string, string])[] = [
  'x12',
  'edifact',
].flatMap((standard) =>
  readdirSync(join(folder, standard), { withFileTypes: true })
    .filter((it) => it.isDirectory() && it.name !== 'service')
    .flatMap(({ name: version }) =>
      readdirSync(join(folder, standard, version))
        .map((file) => file.replace('.json', ''))
        .filter((name) => !dictionaryFiles.has(name))
        .map((name) => [standard, version, name] as const),
    ),
);

export interface Drawn {
  readonly random: Random;
  readonly definition: MessageDefinition;
}

/** The message that a number stands for: the same one on every machine. */
export function draw(seed: number, among = allMessages): Drawn {
  const random = seededRandom(seed);
  const [standard, version, name] = random.pick(among);
  const definition = standards.find({ standard, version, name })?.definition;
  if (definition === undefined) throw new Error(`${standard}/${version}/${name} is not found`);
  return { random, definition };
}

export const encode = (interchange: InterchangeData): Uint8Array =>
  (interchange.standard === 'x12' ? x12 : edifact).encode(interchange);

/** Every finding of codec and check, envelopes included. */
export function allFindings(bytes: Uint8Array, definition: MessageDefinition): readonly Finding[] {
  const found: Finding[] = [];
  decodeEdi(bytes, (event) => {
    if (event.is === 'interchange' || event.is === 'group') return;
    found.push(...event.findings);
    if (event.is === 'message') found.push(...checkMessage(event.message, definition).findings);
  });
  return found;
}
