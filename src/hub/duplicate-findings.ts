/** What is said of a control number that came again: when and where before, and what is done. */
import type { Connector, DuplicatePolicy, Retain } from '../model/connector.ts';
import type { Finding, Place } from '../model/finding.ts';
import type { SeenNumber } from '../model/store.ts';

export interface Repeat {
  readonly level: keyof DuplicatePolicy;
  /** As people call it: `interchange 000000021`, `850 0001`. */
  readonly name: string;
  readonly control: string;
  readonly place: Place;
  readonly earlier: SeenNumber;
  /** Undefined: the first one is being checked, its bytes are not compared. */
  readonly isSame: boolean | undefined;
  /** The transfer that is checked. */
  readonly transfer: string;
}

const codes = {
  interchange: 'duplicate',
  group: 'duplicate-group',
  message: 'duplicate-message',
} as const;

/** Below a whole interchange, what is held for a person is a warning: nothing is refused yet. */
export function duplicateFinding(repeat: Repeat, partner: Connector): Finding {
  const { level, name, control, place } = repeat;
  const decision = partner.duplicates[level];
  return {
    code: codes[level],
    severity: isKeptBack(level, decision) ? 'error' : 'warning',
    fault: 'partner',
    place,
    text: `${partner.name} sent ${name} before${whenOf(repeat)}${contentOf(repeat)}. ${doneWith(repeat, partner)}`,
    value: control.slice(0, 200),
  };
}

const isKeptBack = (level: Repeat['level'], decision: Retain): boolean =>
  decision === 'refuse' || (decision === 'hold' && level === 'interchange');

function whenOf({ earlier, transfer }: Repeat): string {
  if (earlier.transfer === transfer) return ' in this same transfer';
  const { receivedAt } = earlier;
  const when = receivedAt === undefined ? '' : ` on ${receivedAt.slice(0, 10)}`;
  return `${when} (transfer ${earlier.transfer})`;
}

function contentOf({ isSame }: Repeat): string {
  if (isSame === undefined) return '';
  return isSame ? ', byte for byte the same' : ', with other content';
}

function doneWith({ level }: Repeat, { duplicates, file }: Connector): string {
  const decision = duplicates[level];
  if (decision === 'accept') return `It is taken all the same, as ${file} says.`;
  const done = decision === 'hold' ? 'held for you' : 'refused';
  return (
    `This one is ${done}. If it is new business, write "duplicates: { ${level}: accept }" in ` +
    `${file}, reload, and replay the transfer.`
  );
}
