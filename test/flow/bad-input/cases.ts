/**
 * A case is a folder below test/golden/bad-input: case.json says who sends it and how, each
 * `input.*` (or `1.*`, `2.*` for several arrivals) is sent as it stands, and expected.json says what
 * the API tells of each arrival.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const folder = join(import.meta.dirname, '..', '..', 'golden', 'bad-input');

export interface Case {
  readonly name: string;
  /** What is wrong, in a sentence. */
  readonly about: string;
  readonly connector: string;
  readonly transport: 'directory' | 'http';
  /** For bytes that do not say what they are: posted to /in/<connector>/<message>. */
  readonly message?: string;
  /** In the order in which they are sent. */
  readonly inputs: readonly Input[];
}

export interface Input {
  /** Names the arrival to the hub: its file name, or its Idempotency-Key. */
  readonly key: string;
  readonly path: string;
}

/** What the API tells of one arrival; lists are in the order of the bytes. */
export interface Told {
  readonly transfer: string;
  /** `x12/004010/850 0001 rejected`. */
  readonly messages: readonly string[];
  /** `error count-wrong at ST 0001 / SE / SE01, byte 512`. */
  readonly findings: readonly string[];
  /** Acknowledgements without their envelopes, whose numbers and times are the hub's. */
  readonly acknowledgements: readonly string[];
}

export const cases: readonly Case[] = readdirSync(folder).map((name) => {
  const said = JSON.parse(read(name, 'case.json')) as Omit<Case, 'name' | 'inputs'>;
  const inputs = readdirSync(join(folder, name))
    .filter((file) => /^(input|\d)\./.test(file))
    .map((file) => ({ key: `${name}-${file}`, path: join(folder, name, file) }));
  return { ...said, name, inputs };
});

export const expectedOf = ({ name }: Case): readonly Told[] =>
  JSON.parse(read(name, 'expected.json')) as readonly Told[];

function read(name: string, file: string): string {
  return readFileSync(join(folder, name, file), 'utf8');
}
