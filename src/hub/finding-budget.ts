/**
 * How many findings of a transfer are told in full. Messages come first and may fill the room of
 * their interchange; what its envelope has to say is known last and always finds some room.
 */
import type { Finding } from '../model/finding.ts';
import {
  addCuts,
  boundFindings,
  type Cut,
  cutOf,
  type FindingLimits,
  findingsCut,
  nothingCut,
} from '../model/findings-cut.ts';
import type { Message } from '../model/message.ts';
import type { ExaminedInterchange } from './examine.ts';

/** Room for the findings of an envelope, however many its messages had. */
const ENVELOPE_MIN = 10;

/** What the messages of an interchange left: room for the envelope's own findings, and the cut. */
export interface Left {
  readonly room: number;
  readonly cut: Cut;
}

/** Pure: the findings of a message up to its bound, and how many more there are. */
export function boundMessage(
  { type, control, start, end }: Message,
  findings: readonly Finding[],
  { messageFindings }: FindingLimits,
): readonly Finding[] {
  const place = { path: `${type.name} ${control}`.trimEnd(), message: control, start, end };
  return boundFindings(findings, messageFindings, place, 'this message');
}

export class FindingBudget {
  readonly #limits: FindingLimits;
  #ofTransfer = 0;
  #ofInterchange = 0;
  #cut = nothingCut;

  constructor(limits: FindingLimits) {
    this.#limits = limits;
  }

  /** The findings of a message that are told. */
  admit(findings: readonly Finding[]): readonly Finding[] {
    if (findings.length === 0) return findings;
    const room = this.#room();
    const told = findings.length <= room ? findings : findings.slice(0, room);
    this.#ofInterchange += told.length;
    this.#ofTransfer += told.length;
    if (told !== findings) this.#cut = cutOf(findings.slice(room), this.#cut);
    return told;
  }

  /** Begins the next interchange. */
  endInterchange(): Left {
    const left = { room: Math.max(ENVELOPE_MIN, this.#room()), cut: this.#cut };
    this.#ofInterchange = 0;
    this.#cut = nothingCut;
    return left;
  }

  #room(): number {
    const { interchangeFindings, transferFindings } = this.#limits;
    const room = Math.min(
      interchangeFindings - this.#ofInterchange,
      transferFindings - this.#ofTransfer,
    );
    return Math.max(0, room);
  }
}

export interface ToldOfInterchange {
  /** Of the interchange itself; at last how many of it and its messages are not told. */
  readonly own: readonly Finding[];
  /** Of each of its groups, in their order. */
  readonly groups: readonly (readonly Finding[])[];
}

/** Pure: what is told of an interchange and its groups, their messages aside. */
export function toldOf({
  envelope,
  end,
  findings,
  groups,
  left,
}: Pick<
  ExaminedInterchange,
  'envelope' | 'end' | 'findings' | 'groups' | 'left'
>): ToldOfInterchange {
  let { room, cut } = left;
  const take = (from: readonly Finding[]): readonly Finding[] => {
    const told = from.slice(0, room);
    room -= told.length;
    cut = addCuts(cut, cutOf(from.slice(told.length)));
    return told;
  };
  const own = take(findings);
  const ofGroups = groups.map((group) => take(group.findings));
  if (cut.count === 0) return { own, groups: ofGroups };
  const path = `interchange ${envelope.control}`.trimEnd().slice(0, 100);
  const said = findingsCut(cut, { path, start: envelope.start, end }, 'this interchange');
  return { own: [...own, said], groups: ofGroups };
}
