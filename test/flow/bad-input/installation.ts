/** An installation as a newcomer writes it, for files that nobody should have sent. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const files: Readonly<Record<string, string>> = {
  'config/hub.yaml': `
us: { x12: ZZ:TRADELANE, edifact: 14:4099999000006, cxml: NetworkId:AN01000000001 }
zone: Europe/Berlin
`,
  'connectors/acme.yaml': `
name: Acme Retail
ids: { x12: ZZ:ACMERETAIL, erp: C-1001 }
in: { use: directory, path: data/acme/in, pollSeconds: 0.2, settleSeconds: 0.3 }
out: { use: directory, path: data/acme/out }
inbound:
  - { message: x12/004010/850, acknowledge: 997 }
outbound:
  - { message: x12/004010/855 }
`,
  'connectors/cardinal.yaml': `
name: Cardinal Supply
ids: { x12: ZZ:CARDINAL, erp: C-1004 }
in: { use: http, key: env:PARTNER_KEY }
out: { use: directory, path: data/cardinal/out }
inbound:
  - { message: x12/004010/850, acknowledge: 997 }
`,
  'connectors/nordwind.yaml': `
name: Nordwind
ids: { edifact: 14:4012345000009, erp: C-1002 }
in: { use: directory, path: data/nordwind/in, pollSeconds: 0.2, settleSeconds: 0.3 }
out: { use: directory, path: data/nordwind/out }
inbound:
  - { message: edifact/D96A/ORDERS, acknowledge: CONTRL }
`,
  'connectors/globex.yaml': `
name: Globex
ids: { cxml: NetworkId:AN01000000002, erp: C-1003 }
in: { use: http, key: env:PARTNER_KEY, sharedSecret: env:GLOBEX_SECRET }
inbound:
  - { message: cxml/1.2/OrderRequest, acknowledge: response }
`,
  'connectors/erp.yaml': `
name: ERP
role: erp
in: { use: http, key: env:PARTNER_KEY }
out: { use: http, url: "http://127.0.0.1:9", paths: { json/erp/order: /sales-orders }, key: env:PARTNER_KEY }
inbound:
  - { message: json/erp/orderResponse }
outbound:
  - { message: json/erp/order }
`,
};

export const secrets = { PARTNER_KEY: 'partner-key', GLOBEX_SECRET: 'globex-secret' } as const;

/** Makes it in a temporary folder; the ERP's port is closed, so nothing leaves for it. */
export function makeInstallation(): string {
  const root = mkdtempSync(join(tmpdir(), 'tradelane-bad-input-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text.trimStart());
  }
  for (const partner of ['acme', 'nordwind']) {
    mkdirSync(join(root, 'data', partner, 'in'), { recursive: true });
  }
  return root;
}
