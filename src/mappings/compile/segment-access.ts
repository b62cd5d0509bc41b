/** Reaching into an EDI message: placed segments, and claims as numbers. */
import type { Place } from '../../model/finding.ts';
import type { Message, Segments } from '../../model/message.ts';
import type { PlacedNode, Slot } from '../../standards/definition.ts';
import type { ChunkRule, LeafPlace } from '../model.ts';
import type { Access, Spot, Wanted } from './access.ts';
import { ClaimTable, claimNumber } from './claims.ts';
import { placesOf, type SegmentPlaces } from './segment-places.ts';

type ChunkRun = Pick<ChunkRule, 'element' | 'component'>;

/** HL01, HL02 and HL04 are the nesting itself. */
const levelElements = new Set([1, 2, 4]);

export class SegmentAccess implements Access<PlacedNode> {
  readonly root: PlacedNode;
  readonly #message: Message;
  readonly #segments: Segments;
  readonly #claims: number[] = [];
  #places: SegmentPlaces | undefined;

  constructor(message: Message, segments: Segments, root: PlacedNode) {
    this.root = root;
    this.#message = message;
    this.#segments = segments;
  }

  children(node: PlacedNode): readonly PlacedNode[] {
    return node.children;
  }

  nameOf({ slot }: PlacedNode): string {
    return slot.tag;
  }

  isAt(rule: Wanted, { slot }: PlacedNode, parent: PlacedNode): boolean {
    if (slot.tag !== rule.name) return false;
    return rule.ordinal === undefined || ordinalOf(slot, parent.slot) === rule.ordinal;
  }

  child(): undefined {
    return undefined;
  }

  value(node: PlacedNode, place: LeafPlace, base: number, repeat: number): string {
    const { segment } = node;
    if (segment < 0) return '';
    if (place.component === 0) {
      return repeat === 1
        ? this.#segments.value(segment, place.element + base)
        : this.#segments.value(segment, place.element + base, 0, repeat);
    }
    if (base === 0) return this.#segments.value(segment, place.element, place.component, repeat);
    const [element, component] = shifted(place, base);
    return this.#segments.value(segment, element, component, repeat);
  }

  repeats(node: PlacedNode, place: LeafPlace, base: number): number {
    return this.#segments.repeats(node.segment, shifted(place, base)[0]);
  }

  extent({ segment }: PlacedNode, { element, component }: ChunkRun): number {
    if (component === 0) return this.#segments.elements(segment);
    return this.#segments.components(segment, element);
  }

  claim(node: PlacedNode, place: LeafPlace, base: number, repeat: number): void {
    this.#claims.push(numberOf(node, place, base, repeat));
  }

  claimAll(node: PlacedNode): void {
    const elements = this.#segments.elements(node.segment);
    for (let element = 1; element <= elements; element++) {
      eachPlaceOf(this.#segments, node.segment, element, (component, repeat) => {
        this.#claims.push(claimNumber(node.segment, element, component, repeat));
      });
    }
    for (const child of node.children) this.claimAll(child);
  }

  claims(): number {
    return this.#claims.length;
  }

  undo(claims: number): void {
    this.#claims.length = claims;
  }

  isClaimed(node: PlacedNode, place: LeafPlace, base: number, since: number): boolean {
    return this.#claims.indexOf(numberOf(node, place, base, 1), since) >= 0;
  }

  where(node: PlacedNode, { place, base, repeat }: Spot): Place {
    const [element, component] = shifted(place, base);
    return this.#placesOf().value(node.segment, element, component, repeat);
  }

  whereNode(node: PlacedNode): Place {
    return this.#placesOf().segment(node.segment);
  }

  unmapped(tell: (value: string, path: string, place: () => Place) => void): void {
    const segments = this.#segments;
    const claims = new ClaimTable(this.#claims, segments.count);
    for (let segment = 1; segment < segments.count - 1; segment++) {
      const elements = segments.elements(segment);
      for (let element = 1; element <= elements; element++) {
        const components = segments.components(segment, element);
        const isOnce = segments.mayRepeat === false || segments.repeats(segment, element) <= 1;
        const isWhole = components === 1 && claims.hasWhole(segment, element);
        if (isOnce && (components === 0 || isWhole)) continue;
        this.#tellElement(segment, element, claims, tell);
      }
    }
  }

  #tellElement(
    segment: number,
    element: number,
    claims: ClaimTable,
    tell: (value: string, path: string, place: () => Place) => void,
  ): void {
    const segments = this.#segments;
    if (levelElements.has(element) && segments.tag(segment) === 'HL') return;
    eachPlaceOf(segments, segment, element, (component, repeat) => {
      if (claims.has(segment, element, component, repeat)) return;
      const value = segments.value(segment, element, component, repeat);
      if (value === '') return;
      const hasParts = segments.components(segment, element, repeat) > 1;
      const places = this.#placesOf();
      const path = places.path(segment, element, hasParts ? component : 0);
      tell(value, path, () => places.value(segment, element, hasParts ? component : 0, repeat));
    });
  }

  #placesOf(): SegmentPlaces {
    this.#places ??= placesOf(this.#message, this.#segments, this.root);
    return this.#places;
  }
}

/** Where a place of a chunk is: chunks move along the elements, or along the components of one. */
export function shifted(
  { element, component, inChunk }: LeafPlace,
  base: number,
): [element: number, component: number] {
  return component === 0 || inChunk === true
    ? [element + base, component]
    : [element, component + base];
}

function numberOf(node: PlacedNode, place: LeafPlace, base: number, repeat: number): number {
  if (base === 0) return claimNumber(node.segment, place.element, place.component || 1, repeat);
  const [element, component] = shifted(place, base);
  return claimNumber(node.segment, element, component || 1, repeat);
}

/** Calls for every place of an element, empty ones too. */
function eachPlaceOf(
  segments: Segments,
  segment: number,
  element: number,
  call: (component: number, repeat: number) => void,
): void {
  const repeats = segments.repeats(segment, element);
  for (let repeat = 1; repeat <= repeats; repeat++) {
    const components = segments.components(segment, element, repeat);
    for (let component = 1; component <= components; component++) call(component, repeat);
  }
}

const ordinals = new WeakMap<Slot, Map<Slot, number>>();

/** Which of the slots of its tag a slot is, below its parent. */
function ordinalOf(slot: Slot, parent: Slot): number | undefined {
  let known = ordinals.get(parent);
  if (known === undefined) {
    known = new Map();
    const counts = new Map<string, number>();
    for (const each of parent.slots) {
      const count = counts.get(each.tag) ?? 0;
      known.set(each, count);
      counts.set(each.tag, count + 1);
    }
    ordinals.set(parent, known);
  }
  return known.get(slot);
}
