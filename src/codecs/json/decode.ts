/** A JSON file as events: one interchange with as many messages as there are objects. */
import { findingCatalogue } from '../../model/catalogue.ts';
import type { CodecEvent, DecodeLimits, DecodeOptions, Decoder } from '../../model/codec.ts';
import type { InterchangeEnvelope } from '../../model/envelope.ts';
import { HubError } from '../../model/errors.ts';
import type { Finding } from '../../model/finding.ts';
import type { Message, MessageType, TreeNode } from '../../model/message.ts';
import type { JsonFault } from './fault.ts';
import { readJson } from './read-json.ts';
import { JsonSplitter, type SplitFault } from './splitter.ts';

const nobody = { qualifier: '', id: '' };

/** JSON names nobody: the authenticated connector is the sender. */
const envelope: InterchangeEnvelope = {
  standard: 'json',
  control: '',
  sender: nobody,
  receiver: nobody,
  preparedAt: '',
  isTest: false,
  wantsAcknowledgement: false,
  syntax: {
    version: '1.0',
    charset: 'utf8',
    element: '',
    component: '',
    terminator: '',
    decimalMark: '.',
  },
  start: 0,
};

export function jsonDecoder(on: (event: CodecEvent) => void, options: DecodeOptions): Decoder {
  const { messageType, limits } = options;
  const findings: Finding[] = messageType === undefined ? [typeUnknown] : [];
  let messages = 0;
  const tell = (type: MessageType, told: Told): void => {
    const place = { type, control: '', index: messages, start: told.start, end: told.end };
    const content = { form: 'tree', root: told.root } as const;
    messages += 1;
    on({ is: 'message', message: { ...place, content }, findings: told.findings });
  };
  const splitter = new JsonSplitter(limits.messageBytes, {
    object: (bytes, start) => {
      if (messageType === undefined) return false;
      const told = readOne(bytes, start, limits);
      if ('code' in told) findings.push(told);
      else tell(messageType, told);
      return !('code' in told);
    },
    tooLarge: (start, end) => {
      if (messageType !== undefined) tell(messageType, passedOver(start, end, limits));
    },
    fault: (what, at) => findings.push(finding({ ...splitFaults[what], path: '', at })),
  });
  let isBegun = false;
  const begin = (): void => {
    if (!isBegun) on({ is: 'interchange', envelope });
    isBegun = true;
  };
  return {
    write: (chunk) => {
      begin();
      splitter.write(chunk);
    },
    end: () => {
      begin();
      const end = splitter.end();
      on({ is: 'interchangeEnd', envelope, messages, groups: 0, end, findings });
    },
  };
}

/** One message again, from its own bytes. */
export function jsonMessage(
  bytes: Uint8Array,
  found: Pick<Message, 'type' | 'control' | 'index' | 'start'>,
  limits: DecodeLimits,
): Message {
  const outcome = readJson(Buffer.from(bytes), { limits, start: found.start });
  if ('root' in outcome) {
    const content = { form: 'tree', root: outcome.root } as const;
    return { ...found, end: found.start + bytes.length, content };
  }
  const why = outcome.fault.text;
  throw new HubError('internal', `The message cannot be read again. ${why}`, {
    retry: 'permanent',
  });
}

interface Told {
  readonly root: TreeNode;
  readonly start: number;
  readonly end: number;
  readonly findings: readonly Finding[];
}

/** A finding alone: the bytes are damaged, and where the next message begins is a guess. */
function readOne(bytes: Buffer, start: number, limits: DecodeLimits): Told | Finding {
  const end = start + bytes.length;
  const outcome = readJson(bytes, { limits, start });
  if ('root' in outcome) {
    return { root: outcome.root, start, end, findings: outcome.twice.map(finding) };
  }
  const told = finding(outcome.fault);
  if (outcome.fault.code !== 'tree-too-large') return told;
  return { root: unread(start, end), start, end, findings: [told] };
}

function passedOver(start: number, end: number, limits: DecodeLimits): Told {
  const text =
    `The message has ${end - start} bytes, more than the ${limits.messageBytes} allowed ` +
    '(limits.messageBytes); it was not read.';
  const told = finding({ code: 'message-too-large', text, path: '', at: start });
  return { root: unread(start, end), start, end, findings: [told] };
}

const unread = (start: number, end: number): TreeNode => ({
  name: '',
  text: '',
  attributes: [],
  children: [],
  start,
  end,
  json: 'object',
});

function finding({ code, text, path, at }: JsonFault): Finding {
  const { severity, fault } = findingCatalogue[code];
  return { code, severity, fault, place: { path: path || 'file', start: at, end: at }, text };
}

const typeUnknown: Finding = finding({
  code: 'message-type-unknown',
  text: 'JSON does not say which message it is. Name the message in the connector (inbound:).',
  path: '',
  at: 0,
});

const splitFaults: Readonly<Record<SplitFault, Pick<JsonFault, 'code' | 'text'>>> = {
  notObject: {
    code: 'root-unexpected',
    text: 'A message is a JSON object; here stands something else.',
  },
  separator: {
    code: 'not-well-formed',
    text: 'The JSON has no "," or "]" after an object of the outermost array.',
  },
  afterEnd: {
    code: 'not-well-formed',
    text: 'Something stands after the end of the JSON; several objects need lines of their own.',
  },
  truncated: {
    code: 'truncated',
    text:
      'The JSON ends inside an object or array: it was cut off, or a bracket or quote is missing. ' +
      'Ask the sender for the whole file.',
  },
  empty: { code: 'empty-file', text: 'The file holds no JSON, only blanks or nothing.' },
  utf16: {
    code: 'encoding-unknown',
    text: 'The JSON is in UTF-16. Ask the sender for UTF-8 (RFC 8259, section 8.1).',
  },
};
