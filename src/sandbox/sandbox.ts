/** The whole sandbox: an ERP and three partners, each with its own port or folder, around a hub. */
import { join } from 'node:path';
import type { Clock } from '../model/time.ts';
import { type Erp, startErp } from './erp/erp.ts';
import type { ErpEvent } from './erp/event.ts';
import { acme } from './partners/acme.ts';
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

export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const listeners: ((event: SandboxEvent) => void)[] = [];
  const tell = (event: SandboxEvent) => {
    for (const listener of listeners) listener(event);
  };
  const { clock, data } = options;
  const on = (event: PartnerEvent) => tell({ from: 'partner', ...event });
  const byFiles = { clock, on };
  const erp = await startSandboxErp(options, (event) => tell({ from: 'erp', ...event }));
  const globex = await startGlobex(options, on);
  const partners: readonly OrderingPartner[] = [
    await startDirectoryPartner({ ...byFiles, desk: acme(), folder: join(data, 'acme') }),
    await startDirectoryPartner({ ...byFiles, desk: nordwind(), folder: join(data, 'nordwind') }),
    globex,
  ];
  return {
    erp,
    globex,
    partners,
    connect: (hubUrl) => {
      erp.connect(hubUrl);
      globex.connect(hubUrl);
    },
    watch: (listener) => void listeners.push(listener),
    stop: async () => {
      await Promise.all([erp.stop(), ...partners.map((partner) => partner.stop())]);
    },
  };
}

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
