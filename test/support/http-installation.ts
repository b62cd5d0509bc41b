/** An installation where everything is at hand: orders come over HTTP, all else goes to folders. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashKey, newKey } from '../../src/server/keys.ts';
import { stores } from '../../src/store/index.ts';

export interface HttpInstallation {
  readonly root: string;
  /** Keys of the API by role, and those of the connectors. */
  readonly keys: Readonly<Record<'admin' | 'read' | 'acme' | 'erp', string>>;
  remove(): void;
}

const files: Readonly<Record<string, string>> = {
  'config/hub.yaml': `
us: { x12: ZZ:TRADELANE }
limits: { bodyBytes: 2MB }
server: { port: 0 }
`,
  'connectors/acme.yaml': `
name: Acme Retail
ids: { x12: ZZ:ACMERETAIL, erp: C-1001 }
in: { use: http, key: file:data/keys/acme, idleSeconds: 2 }
out: { use: directory, path: data/acme/out }
inbound:
  - { message: x12/004010/850, acknowledge: 997 }
`,
  'connectors/erp.yaml': `
name: ERP
role: erp
in: { use: http, key: file:data/keys/erp }
out: { use: directory, path: data/erp/out }
outbound:
  - { message: json/erp/order }
`,
};

export async function makeHttpInstallation(): Promise<HttpInstallation> {
  const root = mkdtempSync(join(tmpdir(), 'tradelane-api-'));
  for (const folder of ['config', 'connectors', 'data/keys']) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
  const keys = { admin: newKey(), read: newKey(), acme: newKey(), erp: newKey() };
  for (const name of ['admin', 'acme', 'erp'] as const) {
    writeFileSync(join(root, 'data', 'keys', name), `${keys[name]}\n`, { mode: 0o600 });
  }
  await addReadKey(join(root, 'data', 'tradelane.db'), keys.read);
  return { root, keys, remove: () => rmSync(root, { recursive: true, force: true }) };
}

async function addReadKey(file: string, key: string): Promise<void> {
  const at = '2026-03-01T12:00:00.000Z';
  const store = await stores.sqlite({ file, makeId: () => 'read-key', now: () => at });
  const row = { id: 'read-key', name: 'reader', hash: hashKey(key), role: 'read', createdAt: at };
  await store.addApiKey(row);
  await store.close();
}

/** What is in a connector's file, for changes while the hub runs. */
export const connectorFile = (root: string, id: string) => {
  const path = join(root, 'connectors', `${id}.yaml`);
  return {
    read: (): string => readFileSync(path, 'utf8'),
    write: (text: string): void => writeFileSync(path, text),
  };
};
