/** tradelane demo: the hub with a sandbox ERP and partners, and a whole order-to-cash cycle, live. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type App, load, startApp, toldPath } from '../app.ts';
import { createMissingKeys, resolveSecret } from '../connectors/secrets.ts';
import { surroundings } from '../hub/surroundings.ts';
import { HubError } from '../model/errors.ts';
import { type DemoOptions, demoHints, orderOnRequest, runDemo } from '../sandbox/demo.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import {
  type Command,
  EXIT_FINDINGS,
  EXIT_GOOD,
  type Invocation,
  type Terminal,
  text,
} from './command.ts';
import { portOf, stopSignal } from './serve.ts';

/** Milliseconds between the ERP's steps: slow enough to be watched. */
const PACE_MS = 250;
const PORTS = { erp: 8090, globex: 8091 };

export const demo: Command = {
  name: 'demo',
  summary: 'the hub with sandbox partners and ERP: a whole order-to-cash cycle, live',
  usage: `demo [--exit] [--port N] [--log LEVEL]

Starts a sandbox ERP, three sandbox partners (Acme by X12, Nordwind by EDIFACT, Globex by cXML) and the
hub of this folder between them, sends one order each, prints every step as it happens and a table
at the end. The hub then keeps running until Ctrl-C.

  --exit        end after the table: exit code 0 if every order went through, else 1
  --port N      the hub's port (default 8080; 0 picks free ones, for the sandboxes too)
  --log LEVEL   the hub's own log on standard error (default error)`,
  options: { exit: { type: 'boolean' }, port: { type: 'string' }, log: { type: 'string' } },
  run: async (invocation) => {
    const { terminal, values } = invocation;
    const stopped = stopSignal();
    const port = portOf(invocation);
    const sandbox = await sandboxes(terminal, port === 0);
    let app: App | undefined;
    try {
      app = await hubFor(invocation, sandbox, port);
      const options = demoOptions(terminal, app, sandbox);
      const result = await Promise.race([runDemo(options), stopped]);
      const isGood = typeof result === 'object' ? result.isGood : undefined;
      if (values['exit'] !== true && isGood !== undefined) {
        await leaveRunning(terminal, options, sandbox, stopped);
      }
      return isGood === false ? EXIT_FINDINGS : EXIT_GOOD;
    } finally {
      await terminal.out('Stopping: what has begun is let end.\n');
      await app?.stop();
      await sandbox.stop();
    }
  },
};

/** The sandboxes come first: the connector files are told where they listen. */
async function sandboxes(terminal: Terminal, anyPort: boolean): Promise<Sandbox> {
  const { root, env } = terminal;
  const { setup } = load({ root, env });
  createMissingKeys({ root, connectors: setup.connectors });
  const key = (name: string): string => resolveSecret(`file:data/keys/${name}`, root, env);
  mkdirSync(join(root, 'data', 'sandbox'), { recursive: true });
  const options = {
    data: join(root, 'data'),
    host: '127.0.0.1',
    keys: {
      erp: key('erp'),
      erpOut: key('erp-out'),
      globex: key('globex'),
      globexSecret: key('globex-secret'),
    },
    clock: surroundings().clock,
    paceMs: PACE_MS,
  };
  try {
    return await startSandbox({ ...options, ports: anyPort ? { erp: 0, globex: 0 } : PORTS });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return await startSandbox({ ...options, ports: { erp: 0, globex: 0 } });
  }
}

async function hubFor(
  invocation: Invocation,
  sandbox: Sandbox,
  port: number | undefined,
): Promise<App> {
  const { terminal } = invocation;
  const app = await startApp({
    root: terminal.root,
    env: {
      ...terminal.env,
      ERP_URL: sandbox.erp.url,
      GLOBEX_URL: new URL('/cxml', sandbox.globex.url).href,
    },
    port,
    logLevel: text(invocation, 'log') ?? 'error',
  });
  const { faults } = app.setup;
  if (faults.length === 0) return app;
  await app.stop();
  throw new HubError('config-invalid', `The demo needs sound connectors:\n${faults.join('\n')}`);
}

function demoOptions(terminal: Terminal, app: App, sandbox: Sandbox): DemoOptions {
  sandbox.connect(app.url);
  const print = (line: string): void => void terminal.out(`${line}\n`);
  const data = toldPath(join(terminal.root, 'data'));
  print(`Tradelane is up at ${app.url}; its data is in ${data}.`);
  const key = resolveSecret('file:data/keys/admin', terminal.root, terminal.env);
  return { hub: { url: app.url, key }, sandbox, print, clock: surroundings().clock };
}

/** At a terminal, a partner's name and Enter make it order again. */
async function leaveRunning(
  terminal: Terminal,
  options: DemoOptions,
  sandbox: Sandbox,
  stopped: Promise<void>,
): Promise<void> {
  const data = toldPath(join(terminal.root, 'data'));
  const hints = demoHints(options.hub, sandbox.erp.url, data);
  await terminal.out(`\n${hints.join('\n')}\n\n`);
  if (!terminal.isTerminal) {
    await terminal.out('The hub keeps running. Ctrl-C stops it; nothing is lost.\n');
    return stopped;
  }
  await terminal.out(
    'Type acme, nordwind or globex for another order. Ctrl-C stops; nothing is lost.\n',
  );
  const lines = createInterface({ input: process.stdin });
  await Promise.race([stopped, orderOnRequest(options, lines).then(() => stopped)]);
  lines.close();
}
