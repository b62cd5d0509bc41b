/** The bytes of FILE, or of standard input for `-`. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { typeOf } from '../hub/check.ts';
import { HubError } from '../model/errors.ts';
import type { MessageType } from '../model/message.ts';
import { type Invocation, required, text, UsageError } from './command.ts';
import { type Excerpt, excerptOf } from './excerpt.ts';

export interface Source {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Shows bytes again, on a terminal and of a file. */
  readonly excerpt: Excerpt | undefined;
}

/** Throws HubError when it is a folder; a missing file is told before anything is printed. */
export async function source(invocation: Invocation): Promise<Source> {
  const { terminal } = invocation;
  const name = required(invocation, 0, 'FILE (or - for standard input)');
  if (name === '-') return { name: 'standard input', bytes: terminal.stdin, excerpt: undefined };
  const path = resolve(terminal.root, name);
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' || error.code === 'ENOTDIR'
      ? new HubError('not-found', `There is no file ${name}.`)
      : error;
  });
  if (found.isDirectory()) {
    throw new HubError('request-invalid', `${name} is a folder: name a file in it.`);
  }
  return {
    name,
    bytes: bytesOf(path),
    excerpt: terminal.isTerminal && found.isFile() ? excerptOf(path) : undefined,
  };
}

/** Opened when it is first read, not before. */
async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path, { highWaterMark: 256 * 1024 });
}

/** What --message says the bytes are. Throws UsageError for what is no message. */
export function messageOption(invocation: Invocation): MessageType | undefined {
  const key = text(invocation, 'message');
  if (key === undefined) return undefined;
  const type = typeOf(key);
  if (type !== undefined) return type;
  throw new UsageError(`--message ${key} is no message: write it like json/erp/invoice.`);
}

export async function wholeText(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
