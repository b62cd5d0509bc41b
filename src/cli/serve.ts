/** tradelane serve: the hub, until it is told to stop. */
import { type App, startApp, toldPath, version } from '../app.ts';
import {
  type Command,
  EXIT_GOOD,
  type Invocation,
  type Terminal,
  text,
  UsageError,
} from './command.ts';

export const serve: Command = {
  name: 'serve',
  summary: 'the hub: API, receivers, workers',
  usage: `serve [--host H] [--port N] [--log LEVEL] [--json]

Runs the hub of this folder until it gets INT or TERM; then it takes nothing new, lets what has begun
end, and stops. Nothing is lost either way.

  --host H      address to listen on (default: config/hub.yaml, else 127.0.0.1)
  --port N      port (default: config/hub.yaml, else 8080; 0 picks a free one)
  --log LEVEL   debug, info, warn, error or silent (default info), as JSON lines on standard error
  --json        one line of JSON when it is ready, for programs`,
  options: {
    host: { type: 'string' },
    port: { type: 'string' },
    log: { type: 'string' },
    json: { type: 'boolean' },
  },
  run: async (invocation) => {
    const { terminal, values } = invocation;
    const stopped = stopSignal();
    const app = await startApp({
      root: terminal.root,
      env: terminal.env,
      host: text(invocation, 'host'),
      port: portOf(invocation),
      logLevel: text(invocation, 'log') ?? (values['json'] === true ? 'warn' : 'info'),
    });
    if (values['json'] === true) {
      await terminal.out(
        `${JSON.stringify({ url: app.url, keyFile: app.keyFile, pid: process.pid })}\n`,
      );
    } else await terminal.out(welcome(app, terminal));
    await stopped;
    if (values['json'] !== true) await terminal.out('Stopping: what has begun is let end.\n');
    await app.stop();
    return EXIT_GOOD;
  },
};

/** A port of --port. Throws UsageError. */
export function portOf(invocation: Invocation): number | undefined {
  const word = text(invocation, 'port');
  if (word === undefined) return undefined;
  const port = Number(word);
  if (/^\d{1,5}$/.test(word) && port <= 65_535) return port;
  throw new UsageError(`--port ${word} is no port: give 0 to 65535.`);
}

/** A terminal and the command's wrapper both hand on the same Ctrl-C: these are one. */
const SAME_SIGNAL_MS = 1000;

/** Resolves at the first INT or TERM; a second one, later, ends the process at once. */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let askedAt: number | undefined;
    const stop = (): void => {
      const now = performance.now();
      if (askedAt !== undefined && now - askedAt > SAME_SIGNAL_MS) process.exit(130);
      askedAt ??= now;
      resolve();
    };
    process.on('SIGINT', stop).on('SIGTERM', stop);
  });
}

/** What a newcomer wants to know: where it is, what it reads, what to do next. */
export function welcome(app: App, terminal: Terminal): string {
  const { setup, faults } = app.setup;
  const connectors = setup.connectors.map((connector) => {
    const way = connector.in === undefined ? 'sends only' : `receives by ${connector.in.use}`;
    const where = connector.in?.settings['path'];
    return `    ${connector.id.padEnd(14)}${connector.name}, ${way}${typeof where === 'string' ? ` (${where})` : ''}`;
  });
  const none = [
    '    none yet. Add the first: copy connectors/acme.yaml from the project, give it the ids of',
    '    your partner, and run: npx tradelane reload',
  ];
  return [
    `Tradelane ${version} is up at ${app.url}`,
    '',
    `  data         ${toldPath(`${terminal.root}/data`)} (store, drop folders, keys)`,
    `  configured   ${toldPath(terminal.root) || '.'}: config/hub.yaml, config/routes.yaml, connectors/*.yaml, mappings/`,
    `  API          ${app.url}/openapi.json, key in ${toldPath(app.keyFile)}`,
    '  connectors',
    ...(connectors.length === 0 ? none : connectors),
    ...app.keysMade.map((path) => `  key made     ${path}`),
    ...faults.map((fault) => `  FAULT        ${fault}`),
    '',
    '  To add a partner: one file connectors/<id>.yaml, then: npx tradelane reload',
    '  What waits for a person: npx tradelane status',
    '',
  ].join('\n');
}
