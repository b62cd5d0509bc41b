/** How a file comes to the hub, and what the API then tells of it. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mappingFindings } from '../../../src/model/catalogue/mapping.ts';
import type { Finding } from '../../../src/model/finding.ts';
import type {
  DeliveryRow,
  FindingRow,
  MessageRow,
  Page,
  TransferRow,
} from '../../../src/model/rows.ts';
import type { HubProcess } from '../../support/hub-process.ts';
import type { Case, Input, Told } from './cases.ts';
import { secrets } from './installation.ts';

const WAIT_MS = 30_000;

/** Sends one input as its connector would. */
export async function send(hub: HubProcess, root: string, one: Case, input: Input): Promise<void> {
  const bytes = readFileSync(input.path);
  if (one.transport === 'directory')
    drop(join(root, 'data', one.connector, 'in'), input.key, bytes);
  else await post(hub, one, input.key, bytes);
}

/** Under a temporary name first: the hub takes it at its next look. */
function drop(into: string, name: string, bytes: Uint8Array): void {
  writeFileSync(join(into, `.${name}.part`), bytes, { flush: true });
  renameSync(join(into, `.${name}.part`), join(into, name));
}

async function post(hub: HubProcess, one: Case, key: string, bytes: Uint8Array): Promise<void> {
  const path = one.message === undefined ? '' : `/${one.message}`;
  const response = await fetch(new URL(`/in/${one.connector}${path}`, hub.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${secrets.PARTNER_KEY}`, 'idempotency-key': key },
    body: Uint8Array.from(bytes),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${key}: ${response.status} ${text}`);
}

/** All transfers by the name their sender gave them. */
export async function transfersByKey(hub: HubProcess): Promise<ReadonlyMap<string, TransferRow>> {
  const found = new Map<string, TransferRow>();
  for (let after = ''; ; ) {
    const page = await hub.get<Page<TransferRow>>(`/v1/transfers?limit=500${after}`);
    for (const row of page.items) found.set(row.headers['file-name'] ?? row.key, row);
    if (page.next === undefined) return found;
    after = `&after=${encodeURIComponent(page.next)}`;
  }
}

/** Waits until each of these arrivals came to its end, asking the API. */
export async function settled(hub: HubProcess, keys: readonly string[]): Promise<void> {
  const until = performance.now() + WAIT_MS;
  for (;;) {
    const found = await transfersByKey(hub);
    const open = keys.filter((key) => !isEnded(found.get(key)));
    if (open.length === 0) return;
    if (performance.now() > until) throw new Error(`not settled: ${open}\n${hub.log()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const isEnded = (transfer: TransferRow | undefined): boolean =>
  transfer?.state === 'released' || transfer?.state === 'quarantined';

/** What the API tells of a transfer. */
export async function told(hub: HubProcess, transfer: TransferRow): Promise<Told> {
  const of = `transfer=${transfer.id}&limit=500`;
  const messages = await hub.get<Page<MessageRow>>(`/v1/messages?${of}`);
  const findings = await hub.get<Page<FindingRow>>(`/v1/findings?${of}`);
  const deliveries = await hub.get<Page<DeliveryRow>>(`/v1/deliveries?${of}`);
  const answers = deliveries.items.filter(({ kind }) => kind === 'acknowledgement');
  return {
    transfer: transfer.state,
    messages: [...messages.items]
      .sort((one, other) => one.index - other.index)
      .map(({ message, control, state }) => `${message} ${control} ${state}`),
    findings: findingLines(findings.items),
    acknowledgements: (await Promise.all(answers.map(({ id }) => acknowledgement(hub, id)))).sort(),
  };
}

/** One a line, in the order of the bytes. What a mapping remarks is for the mapping's own tests. */
export function findingLines(findings: readonly Finding[]): readonly string[] {
  return findings
    .filter(({ severity, code }) => severity === 'error' || !Object.hasOwn(mappingFindings, code))
    .map(({ severity, code, place }) => {
      const at = place.start === undefined ? '' : `, byte ${place.start}`;
      return { at: place.start ?? -1, text: `${severity} ${code} at ${place.path}${at}` };
    })
    .sort((one, other) => one.at - other.at || (one.text < other.text ? -1 : 1))
    .map(({ text }) => text);
}

async function acknowledgement(hub: HubProcess, id: string): Promise<string> {
  const text = (await hub.bytes(`/v1/deliveries/${id}/payload`)).toString('latin1');
  const status = /<Status.*<\/Status>|<Status.*?\/>/s.exec(text);
  if (status !== null) return status[0];
  const terminator = text.startsWith('ISA') ? (text[105] ?? '~') : "'";
  return text
    .split(terminator)
    .map((segment) => segment.trim())
    .filter((segment) => segment !== '' && !/^(ISA|GS|ST|SE|GE|IEA|UN[A-Z])\b/.test(segment))
    .join(terminator);
}
