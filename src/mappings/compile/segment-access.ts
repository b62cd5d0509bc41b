/** Reaching into an EDI message: placed segments, and claims as numbers. */
import type { Place } from '../../model/finding.ts';
import type { Message, Segments } from '../../model/message.ts';
import type { PlacedNode, Slot } from '../../standards/definition.ts';
import type { LeafPlace } from '../model.ts';
import type { Access, Spot, Wanted } from './access.ts';
import { placesOf, type SegmentPlaces } from './segment-places.ts';

/** A claim is (segment, element, component, repeat) in one number: small ones for most. */
const perComponent = 2 ** 7;
const perElement = 2 ** 7;
const perRepeat = 2 ** 40;

const claimNumber = (segment: number, element: number, component: number, repeat: number): number =>
  (segment * perElement + element) * perComponent + component + (repeat - 1) * perRepeat;

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
      return this.#segments.value(segment, place.element + base, undefined, repeat);
    }
    if (base === 0) return this.#segments.value(segment, place.element, place.component, repeat);
    const [element, component] = shifted(place, base);
    return this.#segments.value(segment, element, component, repeat);
  }

  repeats(node: PlacedNode, place: LeafPlace, base: number): number {
    return this.#segments.repeats(node.segment, shifted(place, base)[0]);
  }

  claim(node: PlacedNode, place: LeafPlace, base: number, repeat: number): void {
    this.#claims.push(numberOf(node, place, base, repeat));
  }

  claimAll(node: PlacedNode): void {
    eachPlace(this.#segments, node.segment, (element, component, repeat) => {
      this.#claims.push(claimNumber(node.segment, element, component, repeat));
    });
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
    const claimed = new Set(this.#claims);
    const segments = this.#segments;
    for (let segment = 1; segment < segments.count - 1; segment++) {
      const isLevel = segments.tag(segment) === 'HL';
      eachPlace(segments, segment, (element, component, repeat) => {
        if (claimed.has(claimNumber(segment, element, component, repeat))) return;
        if (isLevel && levelElements.has(element)) return;
        const value = segments.value(segment, element, component, repeat);
        if (value === '') return;
        const hasParts = segments.components(segment, element, repeat) > 1;
        const places = this.#placesOf();
        const path = places.path(segment, element, hasParts ? component : 0);
        tell(value, path, () => places.value(segment, element, hasParts ? component : 0, repeat));
      });
    }
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
  const [element, component] = shifted(place, base);
  return claimNumber(node.segment, element, component || 1, repeat);
}

/** Calls for every place of a segment, empty ones too. */
function eachPlace(
  segments: Segments,
  segment: number,
  call: (element: number, component: number, repeat: number) => void,
): void {
  const elements = segments.elements(segment);
  for (let element = 1; element <= elements; element++) {
    const repeats = segments.repeats(segment, element);
    for (let repeat = 1; repeat <= repeats; repeat++) {
      const components = segments.components(segment, element, repeat);
      for (let component = 1; component <= components; component++) {
        call(element, component, repeat);
      }
    }
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
