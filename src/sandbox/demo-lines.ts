/** What happens in the sandbox, a line each: who to whom, what, which number, and what of it. */
import type { ErpEvent } from './erp/event.ts';
import type { PartnerEvent } from './partners/event.ts';
import type { SandboxEvent } from './sandbox.ts';

interface Said {
  readonly from: string;
  readonly to: string;
  readonly message: string;
  readonly number: string;
  readonly text: string;
}

const names: Readonly<Record<string, string>> = {
  acme: 'Acme',
  nordwind: 'Nordwind',
  globex: 'Globex',
};

export const partnerName = (partner: string): string => names[partner] ?? partner;

/** undefined: not worth a line. */
export function demoLine(event: SandboxEvent, milliseconds: number): string | undefined {
  const said = event.from === 'erp' ? saidByErp(event) : saidByPartner(event);
  if (said === undefined) return undefined;
  const time = `${milliseconds.toFixed(0)} ms`.padStart(9);
  const way = `${said.from} → ${said.to}`.padEnd(15);
  return `${time}  ${way} ${said.message.padEnd(20)} ${said.number.padEnd(12)} ${said.text}`;
}

/** Faults and refusals fail the demo. */
export const isFailure = (event: SandboxEvent): boolean =>
  event.from === 'partner' && (event.what === 'fault' || event.what === 'refused');

function saidByPartner(event: PartnerEvent): Said {
  const name = partnerName(event.partner);
  const { message, number } = event;
  const isOutward = event.what === 'sent';
  const way = isOutward ? { from: name, to: 'hub' } : { from: 'hub', to: name };
  const marks = {
    fault: 'FAULT: ',
    refused: 'REFUSED: ',
    repeat: 'again: ',
    acknowledged: 'accepted: ',
  };
  const mark = event.what === 'sent' || event.what === 'received' ? '' : marks[event.what];
  return { ...way, message, number, text: `${mark}${event.text}` };
}

function saidByErp(event: ErpEvent): Said | undefined {
  switch (event.what) {
    case 'order': {
      const { orderNumber, lines } = event.form;
      const text = event.repeated ? 'again: booked already' : 'booked';
      return toErp('order', orderNumber, `${text} as ${event.id}, ${lines.length} lines`);
    }
    case 'payment': {
      const { paymentNumber, amount } = event.form;
      const text = event.repeated ? 'again: booked already' : 'booked';
      return toErp('remittance', paymentNumber, `${text} as ${event.id}, ${amount}`);
    }
    case 'pushed':
      return fromErp(event.form, event.id, event.text);
    case 'push-failed':
      return fromErp(event.form, event.id, `not taken, tried again soon: ${event.text}`);
    default:
      return undefined;
  }
}

const toErp = (message: string, number: string, text: string): Said => ({
  from: 'hub',
  to: 'ERP',
  message,
  number,
  text,
});

const fromErp = (message: string, number: string, text: string): Said => ({
  from: 'ERP',
  to: 'hub',
  message,
  number,
  text,
});
