/** A temporary installation with one partner and one ERP, as people would write it. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface InstallationOptions {
  readonly root: string;
  readonly erpUrl: string;
  /** Where the partner takes its 997s: a URL, or `directory`. */
  readonly acknowledgements: string;
  /** Deliveries to one connector at a time; undefined keeps the default. */
  readonly concurrency?: number | undefined;
}

const packageRoot = join(import.meta.dirname, '..', '..');

export function writeInstallation(options: InstallationOptions): void {
  const { root, erpUrl, acknowledgements, concurrency } = options;
  cpSync(join(packageRoot, 'config'), join(root, 'config'), { recursive: true });
  mkdirSync(join(root, 'connectors'), { recursive: true });
  const more = concurrency === undefined ? [] : [`concurrency: ${concurrency}`];
  const out =
    acknowledgements === 'directory'
      ? '{ use: directory, path: data/acme/out }'
      : `{ use: http, url: "${acknowledgements}", key: file:data/keys/acme-out }`;
  write(root, 'acme', [
    'name: Acme Retail',
    'ids: { x12: ZZ:ACMERETAIL, erp: C-1001 }',
    'zone: America/Chicago',
    'in: { use: http, key: file:data/keys/acme }',
    `out: ${out}`,
    'repeat: safe',
    ...more,
    'inbound: [{ message: x12/004010/850, acknowledge: 997 }]',
  ]);
  write(root, 'erp', [
    'name: ERP',
    'role: erp',
    'out:',
    '  use: http',
    `  url: ${erpUrl}`,
    '  paths: { json/erp/order: /sales-orders }',
    '  key: file:data/keys/erp-out',
    '  answer: { id: id }',
    'repeat: safe',
    'order: free',
    ...more,
    'outbound: [{ message: json/erp/order }]',
  ]);
}

const write = (root: string, id: string, lines: readonly string[]): void =>
  writeFileSync(join(root, 'connectors', `${id}.yaml`), `${lines.join('\n')}\n`);
