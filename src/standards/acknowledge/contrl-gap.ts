/**
 * What keeps a CONTRL from being written. It names what it answers by copies of mandatory elements:
 * where one is missing, or is not of its own form, the sender has to be told by another way
 * (ISO 9735-4, CONTRL §2).
 */
import { type PartyId, parseSyntaxVersion } from '../../model/envelope.ts';
import { identifierOf } from './message-identifier.ts';
import type { GroupReport, InterchangeOutcome, MessageOutcome } from './outcome.ts';

/** A sentence for an operator; undefined: nothing is in the way. */
export function contrlGap(
  interchange: InterchangeOutcome,
  { receiptOnly = false }: { readonly receiptOnly?: boolean } = {},
): string | undefined {
  const isSyntax4 = parseSyntaxVersion(interchange.syntax) >= 4;
  const gap = gapOfInterchange(interchange);
  if (gap !== undefined || receiptOnly || interchange.isRejected) return gap;
  const ofMessages = firstGap(interchange.messages, (it) => gapOfMessage(it, isSyntax4));
  return ofMessages ?? firstGap(interchange.groups ?? [], (it) => gapOfGroup(it, isSyntax4));
}

function gapOfInterchange({ control, sender, receiver }: InterchangeOutcome): string | undefined {
  return (
    gapOf('UNB 0020', control, 14) ??
    gapOfParty('UNB S002 0004', sender) ??
    gapOfParty('UNB S003 0010', receiver)
  );
}

/** Syntax 4 can do without the parties of a group, but not with bad ones. */
function gapOfGroup(group: GroupReport, isSyntax4: boolean): string | undefined {
  const { control, sender, receiver, isRejected, messages } = group;
  const where = `UNG ${control}`.trimEnd();
  return (
    gapOf('UNG 0048', control, 14) ??
    gapOfParty(`${where} S006 0040`, sender, isSyntax4) ??
    gapOfParty(`${where} S007 0044`, receiver, isSyntax4) ??
    (isRejected ? undefined : firstGap(messages, (it) => gapOfMessage(it, isSyntax4)))
  );
}

const identifierParts = [
  ['0065', 6],
  ['0052', 3],
  ['0054', 3],
  ['0051', 3],
  ['0057', 6],
  ['0110', 6],
  ['0113', 6],
] as const;
const mandatoryParts = 4;

function gapOfMessage(message: MessageOutcome, isSyntax4: boolean): string | undefined {
  const where = `UNH ${message.control}`.trimEnd();
  const gap = gapOf('UNH 0062', message.control, 14);
  if (gap !== undefined) return gap;
  const identifier = identifierOf(message);
  const used = isSyntax4 ? identifierParts.length : 5;
  for (const [at, [id, max]] of identifierParts.slice(0, used).entries()) {
    const widest = id === '0051' && !isSyntax4 ? 2 : max;
    const isOptional = at >= mandatoryParts;
    const found = gapOf(`${where} S009 ${id}`, identifier[at] ?? '', widest, isOptional);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Qualifiers have four characters, internal ids up to 35. */
function gapOfParty(
  name: string,
  { id, qualifier, internal = [] }: PartyId,
  isOptional = false,
): string | undefined {
  const beside = `the qualifier beside ${name}`;
  return (
    gapOf(name, id, 35, isOptional) ??
    gapOf(beside, qualifier, 4, true) ??
    firstGap(internal, (it) => gapOf(`the internal id beside ${name}`, it, 35, true))
  );
}

function gapOf(
  name: string,
  value: string,
  charactersMax: number,
  isOptional = false,
): string | undefined {
  if (value === '') return isOptional ? undefined : `${name} is empty, and CONTRL has to copy it.`;
  if (value.length <= charactersMax && !/[\x00-\x1f\x7f]/.test(value)) return undefined;
  return `${name} is not of its own form, so that CONTRL cannot copy it.`;
}

function firstGap<T>(all: Iterable<T>, gap: (one: T) => string | undefined): string | undefined {
  for (const one of all) {
    const found = gap(one);
    if (found !== undefined) return found;
  }
  return undefined;
}
