/** Which elements of a segment have a value, so that its relational notes are kept. */
import type { Random } from '../../model/random.ts';
import type { ElementDefinition, Relation } from '../definition.ts';

/** Positions from 1 that are to have a value. Undefined: the notes contradict each other. */
export function choosePositions(
  elements: readonly ElementDefinition[],
  relations: readonly Relation[],
  random: Random,
  richness: number,
): Set<number> | undefined {
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const chance = attempt < attemptsMax / 2 ? richness : 0;
    const choice = firstChoice(elements, random, chance);
    if (keepNotes(choice, relations, random)) return choice.there;
  }
  return undefined;
}

const attemptsMax = 12;
/** A note that is kept may break another: so many rounds settle what can be settled. */
const roundsMax = 12;

interface Choice {
  readonly there: Set<number>;
  /** May never be there, or must be. */
  readonly banned: Set<number>;
  readonly needed: ReadonlySet<number>;
}

function firstChoice(
  elements: readonly ElementDefinition[],
  random: Random,
  richness: number,
): Choice {
  const choice = { there: new Set<number>(), banned: new Set<number>(), needed: new Set<number>() };
  elements.forEach(({ mandatory, repeats }, index) => {
    const at = index + 1;
    if (repeats < 1) choice.banned.add(at);
    else if (mandatory) choice.needed.add(at);
    // What comes late in a segment is rare in real messages.
    if (repeats >= 1 && (mandatory || random.chance(at > 8 ? richness / 3 : richness))) {
      choice.there.add(at);
    }
  });
  for (let at = elements.length + 1; at <= 99; at += 1) choice.banned.add(at);
  return choice;
}

function keepNotes(choice: Choice, relations: readonly Relation[], random: Random): boolean {
  for (let round = 0; round < roundsMax; round += 1) {
    const broken = relations.filter((it) => !keep(choice, it, random));
    if (broken.length === 0) return true;
  }
  return false;
}

/** True where the note was kept already; else mends it where it can. */
function keep(choice: Choice, { kind, positions }: Relation, random: Random): boolean {
  const { there } = choice;
  const present = positions.filter((it) => there.has(it));
  const absent = positions.filter((it) => !there.has(it));
  const [first = 0, ...others] = positions;
  switch (kind) {
    case 'P':
      return present.length === 0 || absent.length === 0 || allOrNone(choice, positions);
    case 'R':
      return present.length > 0 || addOne(choice, positions, random);
    case 'E':
      return present.length < 2 || dropAllButOne(choice, present, random);
    case 'C':
      return !there.has(first) || absent.length === 0 || allOrNone(choice, positions, first);
    default:
      return (
        !there.has(first) || others.some((it) => there.has(it)) || addOne(choice, others, random)
      );
  }
}

/** Adds what is missing; where that may not be, drops what asks for it. Always false: look again. */
function allOrNone(choice: Choice, positions: readonly number[], asking?: number): false {
  if (!positions.some((it) => choice.banned.has(it))) {
    for (const position of positions) choice.there.add(position);
  } else {
    for (const position of asking === undefined ? positions : [asking]) drop(choice, position);
  }
  return false;
}

function addOne(choice: Choice, positions: readonly number[], random: Random): false {
  const free = positions.filter((it) => !choice.banned.has(it));
  if (free.length > 0) choice.there.add(random.pick(free));
  return false;
}

function dropAllButOne(choice: Choice, present: readonly number[], random: Random): false {
  const kept = present.find((it) => choice.needed.has(it)) ?? random.pick(present);
  for (const position of present) if (position !== kept) drop(choice, position);
  return false;
}

function drop(choice: Choice, position: number): void {
  if (choice.needed.has(position)) return;
  choice.there.delete(position);
  choice.banned.add(position);
}
