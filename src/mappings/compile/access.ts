/** How rules reach into a message: the same for segments and trees. */
import type { Place } from '../../model/finding.ts';
import type { ChunkRule, LeafPlace, NodeRule } from '../model.ts';

/** `base` shifts the place inside a chunk; `repeat` counts from 1. */
export interface Spot {
  readonly place: LeafPlace;
  readonly base: number;
  readonly repeat: number;
}

/** What a node is asked for. */
export type Wanted = Pick<NodeRule, 'name' | 'ordinal'>;

/** One message while it is read. N is a placed segment or an element of a tree. */
export interface Access<N> {
  readonly root: N;
  children(node: N): readonly N[];
  /** What rules of the node are found by: its tag, its name without a prefix. */
  nameOf(node: N): string;
  isAt(rule: Wanted, node: N, parent: N): boolean;
  /** A child by name, for conditions on paths. */
  child(node: N, name: string): N | undefined;
  /** Empty for what is absent. */
  value(node: N, place: LeafPlace, base: number, repeat: number): string;
  repeats(node: N, place: LeafPlace, base: number): number;
  /** The last position of a chunk's run that can hold anything. */
  extent(node: N, chunk: Pick<ChunkRule, 'element' | 'component'>): number;
  claim(node: N, place: LeafPlace, base: number, repeat: number): void;
  claimAll(node: N): void;
  /** How many claims there are; `undo` takes back those made since. */
  claims(): number;
  undo(claims: number): void;
  isClaimed(node: N, place: LeafPlace, base: number, since: number): boolean;
  where(node: N, spot: Spot): Place;
  whereNode(node: N): Place;
  /** Tells of every value that nobody claimed, with its place in the mapping language. */
  unmapped(tell: (value: string, path: string, place: () => Place) => void): void;
}
