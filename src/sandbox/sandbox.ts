/** The whole sandbox: an ERP and three partners, each with its own port or folder, around a hub. */
import { join } from 'node:path';
import type { Clock } from '../model/time.ts';
import { type Erp, startErp } from './erp/erp.ts';
import type { ErpEvent } from './erp/event.ts';
import { acme } from './partners/acme.ts';
import type { Desk } from './partners/desk.ts';
import { startDirectoryPartner } from './partners/directory-partner.ts';
import type { PartnerEvent } from './partners/event.ts';
import { globexDefaults } from './partners/globex.ts';
import { type HttpPartner, startHttpPartner } from './partners/http-partner.ts';
import { nordwind } from './partners/nordwind.ts';

export interface SandboxOptions {
  /** The installation's data folder, where acme/in and acme/out are. */
  readonly data: string;
  readonly host: string;
  /** 0: any free port. */
  readonly ports: { readonly erp: number; readonly globex: number };
  readonly keys: {
    /** The hub's key for the ERP, and the ERP's key for the hub. */
    readonly erp: string;
    readonly erpOut: string;
    /** The hub's key for Globex, and the secret both put into cXML. */
    readonly globex: string;
    readonly globexSecret: string;
  };
  readonly clock: Clock;
  /** Milliseconds between an order's steps in the ERP. */
  readonly paceMs: number;
}

/** A partner as the demo needs it. */
export interface OrderingPartner {
  readonly partner: string;
  /** Sends an order to the hub; returns its number. */
  sendOrder(): Promise<string>;
  stop(): Promise<void>;
}

export type SandboxEvent =
  | ({ readonly from: 'erp' } & ErpEvent)
  | ({ readonly from: 'partner' } & PartnerEvent);

export interface Sandbox {
  readonly erp: Erp;
  readonly globex: HttpPartner;
  /** In the order of the demo: Acme, Nordwind, Globex. */
  readonly partners: readonly OrderingPartner[];
  /** Says where the hub is; until then nothing is sent. */
  connect(hubUrl: string): void;
  watch(listener: (event: SandboxEvent) => void): void;
  stop(): Promise<void>;
}

/** Starts all of it or nothing: what has begun is stopped when a later part cannot start. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const listeners: ((event: SandboxEvent) => void)[] = [];
  const tell = (event: SandboxEvent) => {
    for (const listener of listeners) listener(event);
  };
  await using begun = new AsyncDisposableStack();
  const kept = <T extends { stop(): Promise<void> }>(part: T): T =>
    begun.adopt(part, () => part.stop());
  const on = (event: PartnerEvent) => tell({ from: 'partner', ...event });
  const erp = kept(await startSandboxErp(options, (event) => tell({ from: 'erp', ...event })));
  const globex = kept(await startGlobex(options, on));
  const partners: readonly OrderingPartner[] = [
    kept(await startByFiles(options, acme(), on)),
    kept(await startByFiles(options, nordwind(), on)),
    globex,
  ];
  const running = begun.move();
  return {
    erp,
    globex,
    partners,
    connect: (hubUrl) => {
      erp.connect(hubUrl);
      globex.connect(hubUrl);
    },
    watch: (listener) => void listeners.push(listener),
    stop: () => running.disposeAsync(),
  };
}

const startByFiles = (
  { clock, data }: SandboxOptions,
  desk: Desk,
  on: (event: PartnerEvent) => void,
): Promise<OrderingPartner> =>
  startDirectoryPartner({ clock, on, desk, folder: join(data, desk.partner) });

const startSandboxErp = (options: SandboxOptions, on: (event: ErpEvent) => void): Promise<Erp> =>
  startErp({
    host: options.host,
    port: options.ports.erp,
    file: join(options.data, 'sandbox', 'erp.db'),
    hubUrl: undefined,
    hubKey: options.keys.erp,
    key: options.keys.erpOut,
    clock: options.clock,
    pace: options.paceMs,
    on,
  });

const startGlobex = (
  options: SandboxOptions,
  on: (event: PartnerEvent) => void,
): Promise<HttpPartner> =>
  startHttpPartner({
    hubUrl: undefined,
    key: options.keys.globex,
    host: options.host,
    port: options.ports.globex,
    stateFile: join(options.data, 'sandbox', 'globex.json'),
    desk: { ...globexDefaults, sharedSecret: options.keys.globexSecret },
    clock: options.clock,
    on,
  });
