/** The bytes of FILE, or of standard input for `-`. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Invocation } from './command.ts';
import { required } from './command.ts';

export async function source(
  invocation: Invocation,
  index = 0,
): Promise<{ readonly name: string; readonly bytes: AsyncIterable<Uint8Array> }> {
  const name = required(invocation, index, 'FILE (or - for standard input)');
  if (name === '-') return { name: 'standard input', bytes: invocation.terminal.stdin };
  // Opened first, so that a missing file is told before anything is printed.
  await (await open(name)).close();
  return { name, bytes: createReadStream(name, { highWaterMark: 256 * 1024 }) };
}

export async function wholeText(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
