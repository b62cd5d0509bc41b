/** What the walk itself finds of interchanges and messages: empty, not agreed, of no known version. */
import type { Connector } from '../model/connector.ts';
import { type Finding, isError } from '../model/finding.ts';
import type { Message } from '../model/message.ts';
import type { ExaminedInterchange } from './examine.ts';

export function interchangeEmpty({ envelope }: ExaminedInterchange, end: number): Finding {
  return {
    code: 'interchange-empty',
    severity: 'error',
    fault: 'partner',
    place: { path: `interchange ${envelope.control}`.slice(0, 100), start: envelope.start, end },
    text: 'The interchange holds no message: ask the sender what they meant to send.',
  };
}

export function notAgreed(message: Message, partner: Connector): Finding {
  const { standard, version, name } = message.type;
  const key = `${standard}/${version}/${name}`;
  return {
    code: 'not-agreed',
    severity: 'error',
    fault: 'hub',
    place: { path: name, message: message.control, start: message.start, end: message.end },
    text:
      `${partner.name} sent ${key}, and ${partner.file} has no inbound agreement for it: ` +
      `add "- { message: ${key} }" under inbound, reload, and replay the transfer.`,
    value: key,
  };
}

/** Where nobody means to process it, what cannot be checked is no fault of the message. */
export function versionUnknown(
  message: Message,
  installed: readonly string[],
  isWanted: boolean,
): Finding {
  const { standard, version, name } = message.type;
  const known = installed.filter((folder) => folder.startsWith(`${standard}/`));
  const text = known.includes(`${standard}/${version}`)
    ? `${standard}/${version}/${name} is not installed: only its envelope was checked. Add it ` +
      'below standards/, or ask the sender what they meant.'
    : `${standard}/${version} is not installed: only the envelope was checked; there are ${known.length} versions, from ` +
      `${known[0]} to ${known.at(-1)}. Ask the sender for one of them.`;
  return {
    code: 'version-unknown',
    severity: isWanted ? 'error' : 'warning',
    fault: 'partner',
    place: { path: name, message: message.control, start: message.start, end: message.end },
    text,
    value: `${version}/${name}`.slice(0, 200),
  };
}

/** Whether its envelope or a group says already why nothing can be read of it. */
export const isFaulty = ({ findings, groups }: ExaminedInterchange): boolean =>
  [findings, ...groups.map((group) => group.findings)].some((one) => one.some(isError));
