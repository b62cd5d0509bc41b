/** UNH S009: which message it is, as its sender wrote it. CONTRL copies that. */
import type { Message, MessageType } from '../../model/message.ts';
import type { MessageOutcome } from './outcome.ts';

/** 0065, 0052, 0054, 0051, 0057; in syntax 4 also 0110 and 0113. */
const components = 7;

/** S009 of an EDIFACT message, where its type does not say it all; valid while its content is. */
export function ownIdentifier({ type, content }: Message): readonly string[] | undefined {
  if (type.standard !== 'edifact' || content.form !== 'segments') return undefined;
  const { segments } = content;
  const found = Array.from({ length: components }, (_, at) => segments.value(0, 2, at + 1).trim());
  const usual = usualIdentifier(type);
  return found.every((value, at) => value === (usual[at] ?? '')) ? undefined : found;
}

export const identifierOf = ({ type, identifier }: MessageOutcome): readonly string[] =>
  identifier ?? usualIdentifier(type);

/** The directory `D96A` is version D, release 96A. */
const usualIdentifier = ({ name, version, association = '' }: MessageType): readonly string[] => [
  name,
  version.slice(0, 1),
  version.slice(1),
  'UN',
  association,
];

/** X12 ST03, the guide that a set follows; empty where it names none. */
export function conventionOf({ type, content }: Message): string {
  if (type.standard !== 'x12' || content.form !== 'segments') return '';
  const { segments } = content;
  return segments.tag(0) === 'ST' ? segments.value(0, 3).trim().slice(0, 35) : '';
}
