/** The little that the demo asks the hub, by its API as anyone would. */
import type { LifecycleRow } from '../model/rows.ts';

export interface HubAddress {
  /** `http://127.0.0.1:8080`. */
  readonly url: string;
  /** An API key that may read. */
  readonly key: string;
}

/** Where one order stands; undefined: the hub does not know it yet. Throws when the hub refuses. */
export async function lifecycleOf(
  hub: HubAddress,
  partner: string,
  order: string,
): Promise<LifecycleRow | undefined> {
  const query = new URLSearchParams({ partner, order, limit: '10' });
  const response = await fetch(`${hub.url}/v1/lifecycles?${query}`, {
    headers: { authorization: `Bearer ${hub.key}` },
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) {
    const said = (await response.text()).slice(0, 300);
    throw new Error(`The hub answers ${response.status} to /v1/lifecycles: ${said}`);
  }
  const page = (await response.json()) as { readonly items: readonly LifecycleRow[] };
  return page.items.find((row) => row.partner === partner && row.order === order);
}
