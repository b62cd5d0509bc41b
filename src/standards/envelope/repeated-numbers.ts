/**
 * Control numbers that occur twice in one interchange: of groups in it (X12 element 716, code 19),
 * of messages in a group, or in an interchange without groups (X12 element 718, code 23; EDIFACT
 * 0085, code 26). Only the second is told: the first may be the right one.
 */
import type { GroupEnvelope } from '../../model/envelope.ts';
import type { Finding } from '../../model/finding.ts';
import type { Message, Segments } from '../../model/message.ts';
import type { Severities } from '../policy.ts';
import { headerFinding, nameOf } from './header-findings.ts';

/** Element of the control number in the headers. */
const elements: Readonly<Record<string, number>> = { GS: 6, UNG: 5, ST: 2, UNH: 1 };

export class RepeatedNumbers {
  #groups = new Set<string>();
  #messages = new Set<string>();
  /** The number of the open group, until it has a message: a header twice is told as such. */
  #empty = '';

  beginInterchange(): void {
    this.#empty = '';
    this.#groups = new Set();
    this.#messages = new Set();
  }

  /** Messages are counted anew in each group. */
  beginGroup(
    header: Segments | undefined,
    { control }: GroupEnvelope,
    severities: Severities | undefined,
  ): readonly Finding[] {
    this.#messages = new Set();
    if (control === '' || header === undefined) return [];
    // GS06 is a number (N0): 1 and 001 are one.
    const number = header.tag(0) === 'GS' ? control.replace(/^0+(?=\d)/, '') : control;
    const isAgain = this.#empty === number;
    this.#empty = number;
    if (isAgain || !isRepeated(this.#groups, number)) return [];
    return told(header, 'group-number-twice', control, severities);
  }

  message({ control, content }: Message, severities: Severities | undefined): readonly Finding[] {
    this.#empty = '';
    if (control === '' || content.form !== 'segments') return [];
    if (!isRepeated(this.#messages, control)) return [];
    return told(content.segments, 'message-number-twice', control, severities);
  }
}

function isRepeated(seen: Set<string>, control: string): boolean {
  if (seen.has(control)) return true;
  // A copy: a slice would keep the whole window's text alive.
  seen.add(Buffer.from(control).toString());
  return false;
}

function told(
  header: Segments,
  code: 'group-number-twice' | 'message-number-twice',
  control: string,
  severities: Severities | undefined,
): readonly Finding[] {
  const tag = header.tag(0);
  const element = elements[tag] ?? 1;
  const isGroup = code === 'group-number-twice';
  const where = isGroup ? 'another group of this interchange' : 'another message before it';
  const text =
    `${nameOf(tag, element)} is ${JSON.stringify(control.slice(0, 60))}, which ${where} has already: ` +
    'which of them an acknowledgement means cannot be known.';
  const message = isGroup ? {} : { message: control };
  return headerFinding(header, { control, element, code, text, ...message }, severities);
}
