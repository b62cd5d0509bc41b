/** The SQLite store: durable on one file, for one hub, with nothing to install. */
import { mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Store } from '../model/store.ts';
import type { Instant, MakeId } from '../model/time.ts';
import { migrations } from './migrations/index.ts';
import { Chunks } from './reading/bytes.ts';
import { counts } from './reading/counts.ts';
import { deliveries, delivery } from './reading/deliveries.ts';
import { document, documents, findDocument, newDocuments } from './reading/documents.ts';
import { events, findings } from './reading/journal.ts';
import { lifecycles } from './reading/lifecycles.ts';
import { acceptedMessages, message, messages } from './reading/messages.ts';
import { firstUnreleased, transfer, transfers } from './reading/transfers.ts';
import { RecentBytes } from './recent-bytes.ts';
import { Connection } from './sqlite/connection.ts';
import { GroupCommit } from './sqlite/group-commit.ts';
import { lockFile } from './sqlite/lock.ts';
import { migrate } from './sqlite/migrate.ts';
import type { Unit } from './unit.ts';
import { answered } from './units/answers.ts';
import { sweepStaged } from './units/blobs.ts';
import { beginCheck, isCheckBegun, recordMessages, recordVerdict } from './units/check.ts';
import { claim, claimReply } from './units/claim.ts';
import { cancel, resend } from './units/control.ts';
import { dispatchAll } from './units/dispatch.ts';
import { Duplicates } from './units/duplicates.ts';
import { event } from './units/journal.ts';
import { addApiKey, apiKeyByHash, apiKeys, removeApiKey } from './units/keys.ts';
import { requeueLost } from './units/lost.ts';
import { accept } from './units/receive.ts';
import { reissue } from './units/reissue.ts';
import { release } from './units/release.ts';
import { replay } from './units/replay.ts';
import { settle } from './units/settle.ts';
import { stage } from './units/stage.ts';
import { due, markOverdue } from './units/watch.ts';

export interface SqliteStoreOptions {
  /** The database file; it and its folder are made when they are not there. */
  readonly file: string;
  readonly makeId: MakeId;
  readonly now: () => Instant;
}

/**
 * Opens the store of one hub. Throws HubError `store-busy` when another hub holds the file, and
 * `config-invalid` when a newer one has written it. After a crash nothing else is needed.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const file = realFile(options.file);
  const lock = lockFile(file);
  let connection: Connection | undefined;
  try {
    connection = new Connection(file);
    migrate(connection.database, migrations, { file, now: options.now });
    const commits = new GroupCommit(connection);
    await commits.write(sweepStaged);
    return storeOn(connection, commits, lock, options);
  } catch (error) {
    connection?.close();
    lock.close();
    throw error;
  }
}

/** Two names of one file must find one lock. */
function realFile(file: string): string {
  const folder = resolve(dirname(file));
  mkdirSync(folder, { recursive: true });
  const path = join(realpathSync(folder), basename(file));
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function storeOn(
  connection: Connection,
  commits: GroupCommit,
  lock: { close(): void },
  { makeId, now }: SqliteStoreOptions,
): Store {
  const write = <T>(unit: () => Unit<T>): Promise<T> => commits.write(unit);
  const read = async <T>(unit: Unit<T>): Promise<T> => connection.run(unit);
  const recent = new RecentBytes();
  const chunks = new Chunks(read, recent);
  const duplicates = new Duplicates();
  return {
    name: 'sqlite',
    stage: (body, limitBytes) => stage(body, limitBytes, { write, makeId }),
    accept: (arrival) => write(() => accept(arrival, recent)),
    recordRefusal: ({ connector, at, text }) =>
      write(() => event(at, 'transfer.refused', connector, text)),
    transfer: (id) => read(transfer(id)),
    bytes: (digest, range) => chunks.bytes(digest, range),
    beginCheck: async (id) => {
      // Nearly always there is nothing to forget, and then nobody waits for a commit.
      if (await read(isCheckBegun(id))) await write(() => beginCheck(id));
    },
    recordMessages: (id, batch) => write(() => recordMessages(id, batch, now())),
    recordVerdict: async (verdict) => {
      await write(() => recordVerdict(verdict, recent));
      duplicates.judged(verdict.transfer);
    },
    findDuplicates: (searches) => read(duplicates.find(searches)),
    answered: (answer, isTest, limit) => read(answered(answer, isTest, limit)),
    firstUnreleased: (connector) => read(firstUnreleased(connector)),
    acceptedMessages: (id, limit) => read(acceptedMessages(id, limit)),
    message: (id, index) => read(message(id, index)),
    release: (batch) => write(() => release(batch)),
    newDocuments: (id, limit) => read(newDocuments(id, limit)),
    dispatch: (dispatches) => write(() => dispatchAll(dispatches, recent)),
    // Last in its commit, so that it finds what the others of the commit made and set free.
    claim: (request) => commits.writeLast(() => claim(request)),
    claimReply: (id, at, leaseUntil) => write(() => claimReply(id, at, leaseUntil)),
    settle: (id, token, settlement, at, response) =>
      write(() => settle(id, token, settlement, at, response)),
    due: (at) => read(due(at)),
    markOverdue: (at) => write(() => markOverdue(at)),
    settleLostClaims: (at, leasedUntil = at) => write(() => requeueLost(at, { leasedUntil })),
    resend: (id, at) => write(() => resend(id, at)),
    cancel: (id, at) => write(() => cancel(id, at)),
    reissue: (id, made, at) => write(() => reissue(id, made, at, recent)),
    replay: (id, at, answers = []) => write(() => replay(id, at, answers, recent)),
    transfers: (request) => read(transfers(request)),
    messages: (request) => read(messages(request)),
    documents: (request) => read(documents(request)),
    document: (id) => read(document(id)),
    findDocument: (kind, number, partner) => read(findDocument(kind, number, partner)),
    deliveries: (request) => read(deliveries(request)),
    delivery: (id) => read(delivery(id)),
    findings: (request) => read(findings(request)),
    events: (request) => read(events(request)),
    lifecycles: (request) => read(lifecycles(request)),
    counts: () => read(counts()),
    addApiKey: (key) => write(() => addApiKey(key)),
    apiKeyByHash: (hash) => read(apiKeyByHash(hash)),
    apiKeys: () => read(apiKeys()),
    removeApiKey: (id) => write(() => removeApiKey(id, now())),
    close: closing([commits, connection, lock]),
  };
}

/** In this order, once. */
function closing(parts: readonly { close(): void }[]): () => Promise<void> {
  let isOpen = true;
  return async () => {
    if (!isOpen) return;
    isOpen = false;
    for (const part of parts) part.close();
  };
}
