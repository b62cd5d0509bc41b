/** The TA1 of an interchange, where it is asked for. */
import type { Connector } from '../model/connector.ts';
import {
  type InterchangeVerdict,
  interchangeVerdict,
} from '../standards/acknowledge/interchange-notes.ts';
import { isAcknowledgement } from '../standards/acknowledge/kinds.ts';
import { writeTa1 } from '../standards/acknowledge/write-ta1.ts';
import type { Acknowledgement } from './answering.ts';
import type { ExaminedInterchange } from './examine.ts';

/** None for an interchange of acknowledgements alone, nor for one that waits for a person. */
export function interchangeAnswer(
  interchange: ExaminedInterchange,
  ta1: Connector['ta1'],
): readonly Acknowledgement[] {
  const { envelope } = interchange;
  const verdict = interchangeVerdict(interchange.findings);
  const isHeld = interchange.state === 'held' && !interchange.quarantined;
  if (isHeld || isAnswers(interchange) || hasNoHeader(interchange)) return [];
  if (!isWanted(ta1, envelope.wantsAcknowledgement, verdict)) return [];
  const type = { standard: 'x12', version: `${envelope.syntax.version}0`, name: 'TA1' };
  return [{ type, contents: [writeTa1(envelope, verdict)] }];
}

/** Said no to by TA1: a 997 has nothing to add. */
export const isInterchangeRefused = (interchange: ExaminedInterchange): boolean =>
  interchangeVerdict(interchange.findings).code === 'R';

function isWanted(ta1: Connector['ta1'], isAsked: boolean, { code }: InterchangeVerdict): boolean {
  if (ta1 === 'asked') return isAsked;
  return ta1 === 'always' || (ta1 === 'onError' && code !== 'A');
}

/** Groups or messages that came without ISA: there is nothing to speak of. */
const hasNoHeader = ({ envelope }: ExaminedInterchange): boolean =>
  envelope.control === '' && envelope.sender.id === '' && envelope.preparedAt === '';

function isAnswers({ groups }: ExaminedInterchange): boolean {
  const outcomes = groups.flatMap((group) => group.outcomes);
  return outcomes.length > 0 && outcomes.every(({ type }) => isAcknowledgement(type));
}
