/**
 * Real files: a folder that is not part of the project (`CORPUS_DIR`), with a list of its files,
 * what each is, and what is wrong with it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { edifact } from '../../src/codecs/edifact/index.ts';
import { x12 } from '../../src/codecs/x12/index.ts';
import { type Codec, type CodecEvent, defaultDecodeLimits } from '../../src/model/codec.ts';
import type { Finding } from '../../src/model/finding.ts';
import { type Message, messageKey } from '../../src/model/message.ts';
import { checkMessage } from '../../src/standards/check.ts';
import { standards } from './check-file.ts';
import { envelopeJudge } from './envelope-judge.ts';

export const corpusFolder = process.env['CORPUS_DIR'];

/** A line of INDEX.tsv. */
export interface CorpusFile {
  readonly file: string;
  readonly standard: string;
  readonly version: string;
  readonly message: string;
  /** `valid`, `malformed`, `lenient`, `suspect`, `fragment`, `unchecked`. */
  readonly status: string;
  /** What a plain parser found wrong, in its words: `SE01 count 22, actual 6; IEA missing`. */
  readonly faults: readonly string[];
}

/** The X12 and EDIFACT files; none where there is no corpus. */
export function ediFiles(): readonly CorpusFile[] {
  if (corpusFolder === undefined) return [];
  const [, ...lines] = readFileSync(join(corpusFolder, 'INDEX.tsv'), 'utf8').trimEnd().split('\n');
  return lines.map(corpusFile).filter(({ standard }) => codecs.has(standard));
}

const codecs: ReadonlyMap<string, Codec> = new Map([
  ['x12', x12],
  ['edifact', edifact],
]);

function corpusFile(line: string): CorpusFile {
  const [file = '', standard = '', version = '', message = '', status = '', faults = ''] =
    line.split('\t');
  const list = faults.split('; ').filter((it) => it !== '' && !it.startsWith('source names it'));
  return { file, standard, version, message, status, faults: list };
}

export const bytesOf = ({ file }: CorpusFile): Buffer =>
  readFileSync(join(corpusFolder ?? '', file));

export interface Examined {
  readonly messages: number;
  /** Messages whose set is in no installed dictionary: only their envelopes are checked. */
  readonly notInstalled: readonly string[];
  /** Of the codec and of the check, in the order told. */
  readonly findings: readonly Finding[];
  readonly milliseconds: number;
}

/** Decodes and checks a file as the hub does; `onMessage` runs while the content is valid. */
export function examine(
  bytes: Uint8Array,
  standard: string,
  onMessage?: (message: Message) => void,
): Examined {
  const findings: Finding[] = [];
  const judgeEnvelope = envelopeJudge();
  const notInstalled: string[] = [];
  let messages = 0;
  const begun = performance.now();
  decode(bytes, standard, (event) => {
    if ('findings' in event) findings.push(...event.findings);
    findings.push(...judgeEnvelope(event));
    if (event.is !== 'message') return;
    messages += 1;
    onMessage?.(event.message);
    const definition = standards.find(event.message.type)?.definition;
    if (definition === undefined) notInstalled.push(messageKey(event.message.type));
    else findings.push(...checkMessage(event.message, definition).findings);
  });
  const milliseconds = performance.now() - begun;
  return { messages, notInstalled, findings, milliseconds };
}

/** By the codec that claims the bytes; by the one of the file's standard where none does. */
export function decode(bytes: Uint8Array, standard: string, on: (event: CodecEvent) => void): void {
  const head = bytes.subarray(0, 4096);
  const sniffed = [...codecs.values()].find((it) => it.sniff(head));
  const codec = sniffed ?? (codecs.get(standard) as Codec);
  const decoder = codec.decoder(on, { limits: defaultDecodeLimits });
  decoder.write(bytes);
  decoder.end();
}
