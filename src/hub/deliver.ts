/**
 * Deliver: claims, sends, settles. Order, concurrency and time are decided by `claim` on the
 * store; here is only what the outcome of one attempt means.
 */

import type { Connector } from '../model/connector.ts';
import type { ClaimedDelivery, Settlement } from '../model/delivery.ts';
import { HubError } from '../model/errors.ts';
import type { Finding } from '../model/finding.ts';
import type { Parcel, SendOutcome } from '../model/transport.ts';
import { later } from '../model/zoned.ts';
import { backoffMs } from './backoff.ts';
import { codecOf, type Parts } from './parts.ts';

/** Longer than any transport's time limit: a claim that outlives it belongs to a dead hub. */
const LEASE_MS = 10 * 60_000;

/** Sends what is due for one connector, up to its concurrency at once, until nothing is. */
export async function deliver(
  parts: Parts,
  connectorId: string,
  signal: AbortSignal,
): Promise<void> {
  const running = new Set<Promise<void>>();
  while (!signal.aborted) {
    const connector = parts.setup().connector(connectorId);
    if (connector === undefined) break;
    const free = (connector.order === 'serial' ? 1 : connector.concurrency) - running.size;
    const claimed = free > 0 ? await claim(parts, connector, free) : [];
    for (const delivery of claimed) {
      const one = sendOne(parts, connector, delivery, signal).finally(() => running.delete(one));
      running.add(one);
    }
    if (running.size === 0) break;
    await Promise.race(running);
  }
  await Promise.all(running);
}

function claim(
  parts: Parts,
  connector: Connector,
  limit: number,
): Promise<readonly ClaimedDelivery[]> {
  const now = parts.clock.now();
  return parts.store.claim({
    connector: connector.id,
    now,
    leaseUntil: later(now, LEASE_MS),
    limit,
    concurrency: connector.concurrency,
    serial: connector.order === 'serial',
    repeat: connector.repeat,
  });
}

async function sendOne(
  parts: Parts,
  connector: Connector,
  delivery: ClaimedDelivery,
  signal: AbortSignal,
): Promise<void> {
  parts.faultPoint('send');
  const outcome = await send(parts, connector, delivery, signal);
  parts.faultPoint('settle');
  const settlement = settle(parts, connector, delivery, outcome);
  const kept = await parts.store.settle(delivery.id, delivery.token, settlement, parts.clock.now());
  parts.faultPoint('settle');
  parts.log(settlement.state === 'failed' ? 'error' : 'info', `delivery ${settlement.state}`, {
    delivery: delivery.id,
    connector: connector.id,
    attempt: delivery.attempt,
    ...(kept ? {} : { stale: true }),
    ...(settlement.state === 'sent' ? {} : { reason: settlement.text }),
  });
}

async function send(
  parts: Parts,
  connector: Connector,
  delivery: ClaimedDelivery,
  signal: AbortSignal,
): Promise<SendOutcome> {
  const transport = parts.transports.get(delivery.transport);
  if (transport?.send === undefined || connector.out === undefined) {
    const text = `${connector.file} has no "out:" that can send.`;
    return { ok: false, retry: 'permanent', text };
  }
  try {
    return await transport.send(connector.out.settings, parcel(parts, delivery), {
      clock: parts.clock,
      random: parts.random,
      makeId: parts.makeId,
      path: parts.path,
      secret: parts.secret,
      signal,
    });
  } catch (error) {
    return broken(error);
  }
}

/** A transport must not throw; if one does, a missing secret is waited for, the rest is unsure. */
function broken(error: unknown): SendOutcome {
  const text = error instanceof Error ? error.message : String(error);
  const retry = error instanceof HubError ? error.retry : 'ambiguous';
  return { ok: false, retry, text };
}

function parcel(parts: Parts, delivery: ClaimedDelivery): Parcel {
  return {
    delivery: delivery.id,
    fileName: delivery.fileName,
    contentType: delivery.contentType,
    messageType: delivery.messageType,
    size: delivery.size,
    bytes: () => parts.store.bytes(delivery.digest),
    attempt: delivery.attempt,
  };
}

/** What an outcome means for the delivery: pure but for the jitter. */
export function settle(
  parts: Pick<Parts, 'clock' | 'random' | 'codecs'>,
  connector: Connector,
  delivery: ClaimedDelivery,
  outcome: SendOutcome,
): Settlement {
  if (!outcome.ok) return unsent(parts, connector, delivery, outcome);
  const codec = codecOf(parts.codecs, delivery.messageType);
  const reply = outcome.answer === undefined ? undefined : codec?.reply?.(outcome.answer.bytes);
  if (reply?.verdict === 'retry') {
    const text = `answered ${reply.code}: ${reply.text}`;
    return unsent(parts, connector, delivery, { ok: false, retry: 'transient', text });
  }
  return {
    state: 'sent',
    text: outcome.text,
    remoteId: outcome.remoteId ?? reply?.remoteId,
    answer:
      reply === undefined
        ? undefined
        : { verdict: reply.verdict, code: reply.code, text: reply.text },
  };
}

function unsent(
  parts: Pick<Parts, 'clock' | 'random'>,
  connector: Connector,
  delivery: ClaimedDelivery,
  outcome: SendOutcome & { ok: false },
): Settlement {
  const mayRepeat =
    outcome.retry === 'transient' ||
    (outcome.retry === 'ambiguous' && connector.repeat !== 'never');
  if (mayRepeat && delivery.attempt < connector.retry.attempts) {
    const asked = (outcome.afterSeconds ?? 0) * 1000;
    const waitMs = Math.max(asked, backoffMs(connector.retry, delivery.attempt, parts.random));
    const nextAt = later(parts.clock.now(), waitMs);
    return { state: 'queued', text: outcome.text, nextAt, outcome: outcome.retry };
  }
  return {
    state: 'failed',
    text: outcome.text,
    finding: deadLetter(connector, delivery, outcome),
    outcome: outcome.retry,
  };
}

function deadLetter(
  connector: Connector,
  delivery: ClaimedDelivery,
  outcome: SendOutcome & { ok: false },
): Finding {
  const what = `${delivery.messageType} ${delivery.fileName}`;
  const place = { path: delivery.id };
  const common = { severity: 'error' as const, fault: 'transport' as const, place };
  if (outcome.retry === 'ambiguous') {
    return {
      ...common,
      code: 'send-unsure',
      text:
        `${what} may or may not have reached ${connector.name}: ${outcome.text} ` +
        'Ask them, then resend or cancel it.',
    };
  }
  const tried =
    outcome.retry === 'permanent'
      ? 'refused it'
      : `could not be reached in ${delivery.attempt} attempts`;
  return {
    ...common,
    code: outcome.retry === 'permanent' ? 'send-refused' : 'send-given-up',
    text: `${connector.name} ${tried}: ${outcome.text} When that is mended, resend ${what}.`,
  };
}
