/** tradelane status, resend, cancel, replay, reload: a running hub by its API. */
import type { Reloaded, Replayed, Status } from '../hub/operations.ts';
import type { DeliveryRow } from '../model/rows.ts';
import { type Command, EXIT_FINDINGS, EXIT_GOOD, required } from './command.ts';
import { call, remoteOptions, remoteUsage } from './remote.ts';
import { waiting } from './waiting.ts';

export const status: Command = {
  name: 'status',
  summary: 'what a running hub has, and what waits for a person',
  usage: `status [--url URL] [--key KEY] [--json]

Counts by state, then everything that waits for a person: dead letters, messages that a partner
rejected or has not acknowledged in time, what is held or unrouted, quarantined transfers.
${remoteUsage}`,
  options: remoteOptions,
  positionalsMax: 1,
  run: async (invocation) => {
    const found = (await call(invocation, 'GET', '/v1/status')) as Status;
    if (invocation.values['json'] === true) {
      await invocation.terminal.out(`${JSON.stringify(found)}\n`);
      return EXIT_GOOD;
    }
    await invocation.terminal.out(statusText(found));
    const names = new Map(found.connectors.map(({ id, name }) => [id, name]));
    const get = <T>(path: string): Promise<T> => call(invocation, 'GET', path) as Promise<T>;
    await invocation.terminal.out(await waiting(get, (id) => names.get(id) ?? id));
    return EXIT_GOOD;
  },
};

function statusText({ counts, connectors }: Status): string {
  const lines = Object.entries(counts).map(([what, states]) => {
    const list = Object.entries(states).map(([state, count]) => `${count} ${state}`);
    return `${what.padEnd(12)}${list.join(', ') || 'none'}`;
  });
  const who = connectors.map(
    ({ id, name, role, mode, receiving }) =>
      `  ${id.padEnd(16)}${name} (${role}, ${mode}${receiving ? ', receiving' : ''})`,
  );
  return `${[...lines, '', 'connectors', ...who].join('\n')}\n`;
}

const onDelivery = (
  name: 'resend' | 'cancel' | 'reissue',
  summary: string,
  done: string,
): Command => ({
  name,
  summary,
  usage: `${name} DELIVERY [--url URL] [--key KEY] [--json]
${remoteUsage}`,
  options: remoteOptions,
  positionalsMax: 1,
  run: async (invocation) => {
    const id = encodeURIComponent(required(invocation, 0, 'DELIVERY'));
    const row = (await call(invocation, 'POST', `/v1/deliveries/${id}/${name}`)) as DeliveryRow;
    const words = `${row.messageType} for ${row.partner} ${done}; its state is ${row.state}.\n`;
    await invocation.terminal.out(
      invocation.values['json'] === true ? `${JSON.stringify(row)}\n` : words,
    );
    return EXIT_GOOD;
  },
});

export const resend = onDelivery(
  'resend',
  'a delivery again: same bytes, same control numbers',
  'goes out again',
);
export const cancel = onDelivery(
  'cancel',
  'give a delivery up; its control numbers stay used',
  'is given up',
);

export const reissue = onDelivery(
  'reissue',
  'what a partner rejected, written anew after a fix, with new control numbers',
  'is written anew',
);

export const replay: Command = {
  name: 'replay',
  summary: 'a held, rejected, quarantined or unrouted transfer again, after a fix',
  usage: `replay TRANSFER [--url URL] [--key KEY] [--json]
${remoteUsage}`,
  options: remoteOptions,
  positionalsMax: 1,
  run: async (invocation) => {
    const id = encodeURIComponent(required(invocation, 0, 'TRANSFER'));
    const done = (await call(invocation, 'POST', `/v1/transfers/${id}/replay`)) as Replayed;
    const what = done.recheck
      ? 'The whole transfer is checked again.'
      : `${done.messages} messages and ${done.documents} documents go through again.`;
    await invocation.terminal.out(
      invocation.values['json'] === true ? `${JSON.stringify(done)}\n` : `${what}\n`,
    );
    const nothing = !done.recheck && done.messages + done.documents === 0;
    return nothing ? EXIT_FINDINGS : EXIT_GOOD;
  },
};

export const reload: Command = {
  name: 'reload',
  summary: 'configuration, connectors and mappings again, without a restart',
  usage: `reload [--url URL] [--key KEY] [--json]

With faults nothing changes: the hub goes on with what it has, and the faults are listed.
${remoteUsage}`,
  options: remoteOptions,
  positionalsMax: 1,
  run: async (invocation) => {
    const done = (await call(invocation, 'POST', '/v1/reload')) as Reloaded;
    const text = done.applied
      ? `Reloaded: ${done.connectors} connectors.\n`
      : `Not reloaded; the hub goes on as it was.\n${done.faults.join('\n')}\n`;
    await invocation.terminal.out(
      invocation.values['json'] === true ? `${JSON.stringify(done)}\n` : text,
    );
    return done.applied ? EXIT_GOOD : EXIT_FINDINGS;
  },
};
