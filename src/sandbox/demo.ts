/**
 * The demo: a whole order-to-cash cycle with three partners against a running hub, which it knows
 * only by its address and a key.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../model/time.ts';
import { demoLine, isFailure, partnerName } from './demo-lines.ts';
import { demoTable, type Expected, isComplete, isGood, type Standing } from './demo-table.ts';
import { type HubAddress, lifecycleOf } from './hub-api.ts';
import type { OrderingPartner, Sandbox } from './sandbox.ts';

export interface DemoOptions {
  readonly hub: HubAddress;
  /** Connected to the hub already. */
  readonly sandbox: Pick<Sandbox, 'partners' | 'watch'>;
  /** Prints one line. */
  readonly print: (line: string) => void;
  readonly clock: Clock;
  /** How long one partner's cycle may take. */
  readonly timeoutSeconds?: number;
}

export interface DemoResult {
  /** Every order is delivered and accepted, and nobody found a fault. */
  readonly isGood: boolean;
  readonly standings: readonly Standing[];
}

interface Act {
  readonly title: string;
  readonly expected: Omit<Expected, 'partner'>;
}

const acts: Readonly<Record<string, Act>> = {
  acme: {
    title: 'Acme Retail: X12 004010, by files',
    expected: { shipNotice: true, payment: true },
  },
  nordwind: {
    title: 'Nordwind Handels GmbH: EDIFACT D96A, by files; it pays by bank, without a message',
    expected: { shipNotice: true, payment: false },
  },
  globex: {
    title: 'Globex Corporation: cXML, over HTTP; no ship notice, it pays by bank',
    expected: { shipNotice: false, payment: false },
  },
};

const pollMs = 100;
const timeoutSecondsDefault = 60;

/** Plays one partner after another, prints each step as it happens, and the table at the end. */
export async function runDemo(options: DemoOptions): Promise<DemoResult> {
  const stage = setStage(options);
  const standings: Standing[] = [];
  for (const partner of options.sandbox.partners) standings.push(await stage.play(partner));
  options.print('');
  for (const line of demoTable(standings)) options.print(line);
  return { isGood: stage.failures() === 0 && standings.every(isGood), standings };
}

/** After the demo: each line that names a partner makes it order again. Ends with the lines. */
export async function orderOnRequest(
  options: DemoOptions,
  lines: AsyncIterable<string>,
): Promise<void> {
  const { partners } = options.sandbox;
  for await (const line of lines) {
    const asked = line.trim().toLowerCase();
    const partner = partners.find((known) => known.partner === asked);
    if (partner !== undefined) {
      const standing = await play(options, partner);
      for (const row of demoTable([standing])) options.print(row);
    } else if (asked !== '') {
      options.print(`Nobody is called that: ${partners.map((known) => known.partner).join(', ')}.`);
    }
  }
}

/** Prints what happens from now on, timed from the beginning of each act. */
function setStage(options: DemoOptions) {
  const { clock, print, sandbox } = options;
  let failures = 0;
  let begun = clock.monotonic();
  sandbox.watch((event) => {
    if (isFailure(event)) failures++;
    const line = demoLine(event, clock.monotonic() - begun);
    if (line !== undefined) print(line);
  });
  return {
    failures: () => failures,
    play: (partner: OrderingPartner): Promise<Standing> => {
      print('');
      print(acts[partner.partner]?.title ?? partner.partner);
      begun = clock.monotonic();
      return play(options, partner);
    },
  };
}

async function play(options: DemoOptions, partner: OrderingPartner): Promise<Standing> {
  const { hub, print, clock, timeoutSeconds = timeoutSecondsDefault } = options;
  const order = await partner.sendOrder();
  const act = acts[partner.partner];
  const expected: Expected = {
    ...(act?.expected ?? { shipNotice: true, payment: false }),
    partner: partnerName(partner.partner),
  };
  const until = clock.monotonic() + timeoutSeconds * 1000;
  for (;;) {
    const lifecycle = await lifecycleOf(hub, partner.partner, order);
    const standing = { expected, order, lifecycle };
    if (isComplete(standing)) return standing;
    if (clock.monotonic() > until) {
      print(`Order ${order} is not done after ${timeoutSeconds} s: see the hub's findings for it.`);
      return standing;
    }
    await pause(pollMs);
  }
}

/** Where to look and what to try, once the demo leaves the hub running. */
export const demoHints = (hub: HubAddress, erpUrl: string, data: string): readonly string[] => [
  'Where to look:',
  `  curl -H "Authorization: Bearer $(cat ${data}/keys/admin)" ${hub.url}/v1/lifecycles`,
  `  curl -H "Authorization: Bearer $(cat ${data}/keys/erp-out)" ${erpUrl}/sales-orders`,
  `  ls ${data}/acme/in/* ${data}/acme/partner/archive`,
  'What to try: let the ERP commit the next order and break the connection before it answers.',
  `  curl -H "Authorization: Bearer $(cat ${data}/keys/erp-out)" -d '{"mode":"drop","times":1}' ${erpUrl}/behave`,
];
