/** Settlement: what the outcome of one attempt means for a delivery. */
import type { Connector } from '../model/connector.ts';
import type { ClaimedDelivery, Settlement } from '../model/delivery.ts';
import type { Finding } from '../model/finding.ts';
import type { SendOutcome } from '../model/transport.ts';
import { later } from '../model/zoned.ts';
import { backoffMs } from './backoff.ts';
import { codecOf, type Parts } from './parts.ts';

/** What an outcome means for the delivery: pure but for the jitter. */
export function settlementOf(
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
