/** Events of a codec as lines that people compare: one fact a line, byte ranges in brackets. */
import type { CodecEvent } from '../../src/model/codec.ts';
import { type InterchangeEnvelope, partyIdText } from '../../src/model/envelope.ts';
import type { Finding } from '../../src/model/finding.ts';
import { type Message, messageKey, type TreeNode } from '../../src/model/message.ts';

export function eventText(event: CodecEvent): string {
  switch (event.is) {
    case 'interchange':
      return envelopeText(event.envelope);
    case 'message':
      return [messageText(event.message), ...event.findings.map(findingText)].join('\n');
    case 'interchangeEnd':
      return [
        `end at ${event.end}, ${event.messages} messages`,
        ...event.findings.map(findingText),
      ].join('\n');
    case 'outside':
      return ['outside', ...event.findings.map(findingText)].join('\n');
    default:
      return event.is;
  }
}

function envelopeText(envelope: InterchangeEnvelope): string {
  const { standard, control, sender, receiver, preparedAt, isTest, syntax } = envelope;
  const parties = `from ${partyIdText(sender)} to ${partyIdText(receiver)}`;
  const wants = envelope.wantsAcknowledgement ? ', wants an answer' : '';
  const mode = isTest ? 'test' : 'live';
  return `interchange ${standard} ${control} ${parties} at ${preparedAt}, ${mode}, ${syntax.charset}${wants}`;
}

function messageText({ type, control, index, start, end, content }: Message): string {
  const tree = content.form === 'tree' ? treeLines(content.root, '  ') : [];
  return [`message ${index} ${messageKey(type)} ${control} [${start}-${end}]`, ...tree].join('\n');
}

function treeLines(node: TreeNode, indent: string): string[] {
  const kind = node.json === undefined ? '' : ` ${node.json}${node.inArray ? ' in array' : ''}`;
  const text = node.text === '' ? '' : ` ${JSON.stringify(node.text)}`;
  return [
    `${indent}${node.name || '.'}${kind}${text} [${node.start}-${node.end}]`,
    ...node.attributes.map(
      ({ name, value, start, end }) =>
        `${indent}  @${name} ${JSON.stringify(value)} [${start}-${end}]`,
    ),
    ...node.children.flatMap((child) => treeLines(child, `${indent}  `)),
  ];
}

const findingText = ({ code, severity, fault, place, text }: Finding): string =>
  `${severity} ${code} of ${fault} at ${place.path || '.'} [${place.start}-${place.end}]: ${text}`;
