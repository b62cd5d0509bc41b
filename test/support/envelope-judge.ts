/** What the hub finds in the headers of a stream of events, for tests that need no hub. */
import type { CodecEvent } from '../../src/model/codec.ts';
import type { GroupEnvelope, InterchangeEnvelope } from '../../src/model/envelope.ts';
import type { Finding } from '../../src/model/finding.ts';
import {
  checkGroupHeader,
  checkInterchangeHeader,
} from '../../src/standards/envelope/check-envelope.ts';
import { isOfGroup, kindFindings } from '../../src/standards/envelope/group-kind.ts';
import type { EnvelopePolicy } from '../../src/standards/envelope/header-findings.ts';
import { RepeatedNumbers } from '../../src/standards/envelope/repeated-numbers.ts';
import { standards } from './check-file.ts';

export function envelopeJudge(own: EnvelopePolicy = {}): (event: CodecEvent) => Finding[] {
  const policy: EnvelopePolicy = { service: standards.service, ...own };
  const { severities } = policy;
  const numbers = new RepeatedNumbers();
  let interchange: InterchangeEnvelope | undefined;
  let group: GroupEnvelope | undefined;
  return (event) => {
    switch (event.is) {
      case 'interchange':
        interchange = event.envelope;
        group = undefined;
        numbers.beginInterchange();
        return [...checkInterchangeHeader(event.header, interchange, policy)];
      case 'group':
        group = event.group;
        return [
          ...checkGroupHeader(event.header, group, interchange!, policy),
          ...numbers.beginGroup(event.header, group, severities),
        ];
      case 'message': {
        const definition = standards.find(event.message.type)?.definition;
        const isStrange =
          definition !== undefined && group !== undefined && !isOfGroup(definition, group);
        return [
          ...numbers.message(event.message, severities),
          ...(isStrange ? kindFindings(definition, group!, severities) : []),
        ];
      }
      default:
        return [];
    }
  };
}
