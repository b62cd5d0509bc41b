/** Takes one complete file: hands its bytes over, and moves it away once they are stored. */
import { constants } from 'node:fs';
import { copyFile, type FileHandle, open, rename, unlink, writeFile } from 'node:fs/promises';
import { HubError, isHubError } from '../../model/errors.ts';
import type { Accepted, ReceivePort } from '../../model/transport.ts';
import { markedName, pathOf, type RawName, shownName } from './file-name.ts';
import { type FoundFile, foundFile, isSame } from './look.ts';

export interface Folders {
  /** As in the settings: it names the file to a repeat, and does so after the hub has moved. */
  readonly label: string;
  readonly path: string;
  readonly done: string;
  readonly error: string;
}

/**
 * Returns when the file has left the folder. A crash after accept and before the move is harmless:
 * the same file has the same key, and is then only moved. Throws when it must be tried again.
 */
export async function pickUp(
  connector: string,
  file: FoundFile,
  folders: Folders,
  port: ReceivePort,
): Promise<void> {
  let accepted: Accepted;
  try {
    accepted = await acceptFile(connector, file, folders, port);
  } catch (error) {
    if (!isHubError(error) || error.retry !== 'permanent') throw error;
    await refuse(connector, file, folders, port, error);
    return;
  }
  const movedTo = await move(file.name, folders.path, folders.done, accepted.transfer);
  port.log('info', `Took ${shownName(file.name)}`, {
    connector,
    transfer: accepted.transfer,
    repeated: accepted.repeated,
    movedTo: shownName(movedTo),
  });
}

async function acceptFile(
  connector: string,
  file: FoundFile,
  folders: Folders,
  port: ReceivePort,
): Promise<Accepted> {
  if (file.size > BigInt(port.limits.bodyBytes)) throw tooLarge(file, port.limits.bodyBytes);
  // NONBLOCK: a pipe put in the file's place since the look must not hold the hub.
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  const handle = await open(pathOf(folders.path, file.name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    await assertUnchanged(handle, file);
    return await port.accept({
      connector,
      transport: 'directory',
      key: `${folders.label}/${shownName(file.name)}|${file.modifiedNs}|${file.size}`,
      headers: { 'file-name': shownName(file.name) },
      parts: [{ name: shownName(file.name), contentType: '', bytes: contents(handle, file) }],
    });
  } finally {
    await handle.close();
  }
}

/** A file that grew while it was read is not handed over as if it were whole. */
async function* contents(handle: FileHandle, file: FoundFile): AsyncIterable<Uint8Array> {
  const stream = handle.createReadStream({ autoClose: false, highWaterMark: 256 * 1024, start: 0 });
  for await (const chunk of stream) yield chunk as Uint8Array;
  await assertUnchanged(handle, file);
}

async function assertUnchanged(handle: FileHandle, file: FoundFile): Promise<void> {
  const stat = await handle.stat({ bigint: true });
  if (stat.isFile() && isSame(file, foundFile(file.name, stat))) return;
  const text = `${shownName(file.name)} is still being written; it is left for the next look.`;
  throw new HubError('file-unfinished', text);
}

function tooLarge(file: FoundFile, limit: number): HubError {
  const text = `The file has ${file.size} bytes; limits.bodyBytes allows ${limit}.`;
  return new HubError('too-large', text, { details: { size: Number(file.size), limit } });
}

async function refuse(
  connector: string,
  file: FoundFile,
  folders: Folders,
  port: ReceivePort,
  error: HubError,
): Promise<void> {
  const name = shownName(file.name);
  await port.refused?.({ connector, transport: 'directory', name, error });
  const mark = port.makeId();
  const movedTo = await move(file.name, folders.path, folders.error, mark);
  const why =
    `${name} was not taken: ${error.message}\n` +
    `Code: ${error.code}\nAt: ${port.clock.now()}\nConnector: ${connector}\n` +
    'Put it back into the watched folder to have it taken again.\n';
  const beside = await reserve(folders.error, [...textNames(movedTo), `${mark}.txt`]);
  await writeFile(pathOf(folders.error, beside), why);
  port.log('error', `Refused ${name}: ${error.message}`, { connector, code: error.code });
}

const textNames = (name: RawName): readonly RawName[] => (name.length > 250 ? [] : [`${name}.txt`]);

/** Never overwrites: the name is reserved first, and what was there keeps its name. */
async function move(name: RawName, from: string, to: string, mark: string): Promise<RawName> {
  const free = await reserve(to, [name, markedName(name, mark), mark]);
  const source = pathOf(from, name);
  const target = pathOf(to, free);
  try {
    await rename(source, target);
  } catch (error) {
    await unlink(target).catch(() => undefined);
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await copyFile(source, target, constants.COPYFILE_EXCL);
    await unlink(source);
  }
  return free;
}

async function reserve(folder: string, names: readonly RawName[]): Promise<RawName> {
  for (const name of names) {
    try {
      await (await open(pathOf(folder, name), 'wx')).close();
      return name;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  throw new Error(`Every name for ${shownName(names[0] ?? '')} is taken in ${folder}.`);
}
