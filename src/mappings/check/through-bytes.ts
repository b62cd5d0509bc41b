/** What a mapping wrote, read again as the other side would read it: through real bytes. */
import { codecs } from '../../codecs/index.ts';
import { type CodecEvent, defaultDecodeLimits } from '../../model/codec.ts';
import type { InterchangeData, Syntax } from '../../model/envelope.ts';
import type { Finding } from '../../model/finding.ts';
import type { ContentData, Message, MessageType } from '../../model/message.ts';
import { checkMessage } from '../../standards/check.ts';
import type { Checked, Standards } from '../../standards/definition.ts';

export interface Reread {
  readonly message: Message;
  /** undefined for trees. */
  readonly checked: Checked | undefined;
  readonly bytes: Uint8Array;
}

/**
 * Calls with the message while it is valid. Throws HubError `cannot-encode` for content that no
 * bytes can hold, TypeError when the bytes hold no message.
 */
export function throughBytes<T>(
  content: ContentData,
  type: MessageType,
  standards: Standards,
  use: (reread: Reread) => T,
): T {
  const codec = codecs.find(({ name }) => name === type.standard);
  if (codec === undefined) throw new TypeError(`there is no codec for ${type.standard}`);
  const bytes = codec.encode(interchangeOf(content, type, standards));
  let result: { readonly value: T } | undefined;
  const faults: Finding[] = [];
  const on = (event: CodecEvent): void => {
    if (event.is === 'message') {
      faults.push(...event.findings);
      result ??= { value: use({ ...checkedOf(event.message, type, standards), bytes }) };
    }
  };
  const decoder = codec.decoder(on, { limits: defaultDecodeLimits, messageType: type });
  decoder.write(bytes);
  decoder.end();
  if (result !== undefined) return result.value;
  throw new TypeError(`nothing was read again: ${faults[0]?.text ?? 'no message'}`);
}

function checkedOf(message: Message, type: MessageType, standards: Standards) {
  if (message.content.form === 'tree') return { message, checked: undefined };
  const found = standards.find(type);
  return { message, checked: found && checkMessage(message, found.definition) };
}

const party = { qualifier: 'ZZ', id: 'MAPPINGCHECK' };
const at = '2026-01-02T03:04:05';

function interchangeOf(
  content: ContentData,
  type: MessageType,
  standards: Standards,
): InterchangeData {
  return {
    standard: type.standard,
    control: '1',
    sender: party,
    receiver: party,
    preparedAt: at,
    offset: '+00:00',
    isTest: false,
    wantsAcknowledgement: false,
    syntax: syntaxes[type.standard] ?? treeSyntax,
    groups: [
      {
        functionalId: standards.find(type)?.definition.functionalId ?? '',
        control: '1',
        sender: party.id,
        receiver: party.id,
        version: type.version,
        messages: [{ type, control: '0001', content }],
      },
    ],
  };
}

const treeSyntax: Syntax = {
  version: '1.0',
  charset: 'utf8',
  element: '',
  component: '',
  terminator: '',
  decimalMark: '.',
};
const syntaxes: Readonly<Record<string, Syntax>> = {
  x12: {
    version: '00401',
    charset: 'latin1',
    element: '*',
    component: '>',
    terminator: '~',
    decimalMark: '.',
  },
  edifact: {
    version: '3',
    charset: 'UNOC',
    element: '+',
    component: ':',
    terminator: "'",
    release: '?',
    decimalMark: '.',
  },
};
