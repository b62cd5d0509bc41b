/** Drops one file so that whoever watches the folder sees it whole or not at all. */
import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, rename, unlink } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { Retry } from '../../model/errors.ts';
import type { Parcel, SendOutcome, SendPort } from '../../model/transport.ts';
import type { DirectoryOutSettings } from './settings.ts';

/**
 * The file is named by its delivery, so a repeat lands on itself: the same bytes under the same
 * name are well, other bytes are never overwritten.
 */
export async function sendToDirectory(
  given: Readonly<Record<string, unknown>>,
  parcel: Parcel,
  port: SendPort,
): Promise<SendOutcome> {
  const settings = given as DirectoryOutSettings;
  const name = fileName(parcel, settings.extension);
  if (name === undefined) return failed('permanent', `"${parcel.fileName}" is no safe file name.`);
  const folder = port.path(settings.path);
  try {
    if (!isAbsolute(settings.path)) await mkdir(folder, { recursive: true });
    return await drop(folder, name, parcel, port.signal);
  } catch (error) {
    return failed(retryOf(error), textOf(error));
  }
}

const safeName = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,199}$/;

function fileName(parcel: Parcel, extension: string | undefined): string | undefined {
  if (!safeName.test(parcel.fileName)) return undefined;
  if (extension === undefined) return parcel.fileName;
  const dot = parcel.fileName.lastIndexOf('.');
  return (dot > 0 ? parcel.fileName.slice(0, dot) : parcel.fileName) + extension;
}

async function drop(
  folder: string,
  name: string,
  parcel: Parcel,
  signal: AbortSignal,
): Promise<SendOutcome> {
  const target = join(folder, name);
  const there = await compare(target, parcel);
  if (there === 'same') return { ok: true, text: `${name} was already there` };
  if (there === 'other') {
    return failed('permanent', `${name} is already there with other bytes; it is left as it is.`);
  }
  const temporary = join(folder, `.${name}.${parcel.delivery}.tmp`);
  try {
    await writeWhole(temporary, parcel, signal);
    await rename(temporary, target);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  return await settleName(folder, name);
}

/** After the rename the partner may have it; if the name cannot be made to last, we are unsure. */
async function settleName(folder: string, name: string): Promise<SendOutcome> {
  try {
    const handle = await open(folder, constants.O_RDONLY);
    await handle.sync().finally(() => handle.close());
    return { ok: true, text: `Dropped ${name}` };
  } catch (error) {
    return failed('ambiguous', `${name} was dropped, but its name may not last: ${textOf(error)}`);
  }
}

async function writeWhole(path: string, parcel: Parcel, signal: AbortSignal): Promise<void> {
  const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
  const handle = await open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o644);
  try {
    let written = 0;
    for await (const chunk of parcel.bytes()) {
      signal.throwIfAborted();
      await writeChunk(handle, chunk);
      written += chunk.length;
    }
    if (written !== parcel.size) {
      throw new Error(`The payload gave ${written} of its ${parcel.size} bytes.`);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeChunk(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length; ) {
    at += (await handle.write(chunk, at)).bytesWritten;
  }
}

async function compare(path: string, parcel: Parcel): Promise<'absent' | 'same' | 'other'> {
  const stat = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (stat === undefined) return 'absent';
  if (!stat.isFile() || stat.size !== parcel.size) return 'other';
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    return (await hasBytes(handle, parcel)) ? 'same' : 'other';
  } finally {
    await handle.close();
  }
}

async function hasBytes(handle: FileHandle, parcel: Parcel): Promise<boolean> {
  for await (const chunk of parcel.bytes()) {
    const there = Buffer.alloc(chunk.length);
    for (let at = 0; at < there.length; ) {
      const { bytesRead } = await handle.read(there, at, there.length - at);
      if (bytesRead === 0) return false;
      at += bytesRead;
    }
    if (!there.equals(chunk)) return false;
  }
  return true;
}

const permanentCodes = new Set(['EISDIR', 'ENOTDIR', 'ENAMETOOLONG', 'EINVAL', 'ELOOP']);

/** A full disk, missing rights or a folder that is not mounted can be put right. */
function retryOf(error: unknown): Retry {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return permanentCodes.has(code) ? 'permanent' : 'transient';
}

const failed = (retry: Retry, text: string): SendOutcome => ({ ok: false, retry, text });

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
