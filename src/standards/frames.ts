/** The loops that are open while a message's segments are placed, outermost first. */
import type { Finding } from '../model/finding.ts';
import type { PlacedNode, Slot } from './definition.ts';
import type { SlotPlan } from './plan.ts';

/** A placed node while its children still come. */
export interface GrowingNode extends PlacedNode {
  readonly children: GrowingNode[];
}

export interface Frame {
  readonly plan: SlotPlan;
  readonly node: GrowingNode;
  /** Which occurrence of its slot this loop is, from 1. */
  readonly occurrence: number;
  /** Order of the slot used last, and how often it was used. */
  position: number;
  used: number;
  /** Mandatory children that were seen, or reported missing. */
  accounted: number;
  /** What was reported missing here, should it come late. */
  missing: { readonly slot: Slot; readonly finding: Finding | undefined }[] | undefined;
  /** HL01 to the level's node, for the levels directly in this loop. */
  levels: Map<string, Level> | undefined;
}

export interface Level {
  readonly node: GrowingNode;
  readonly depth: number;
}

export const openFrame = (plan: SlotPlan, node: GrowingNode, occurrence: number): Frame => ({
  plan,
  node,
  occurrence,
  position: 0,
  used: 0,
  accounted: 0,
  missing: undefined,
  levels: undefined,
});

/** Plain segments share it: nothing is ever put below them. */
const noChildren: GrowingNode[] = [];

export const makeNode = (slot: Slot, segment: number, isLoop: boolean): GrowingNode => ({
  slot,
  segment,
  children: isLoop ? [] : noChildren,
});

/** How often the slot is used among the children of a node. */
export function usesOf(slot: Slot, node: PlacedNode): number {
  let uses = 0;
  for (const child of node.children) if (child.slot === slot) uses += 1;
  return uses;
}

/** Puts a node where the standard wants it, after equals; nested levels stay at the end. */
export function insertInOrder(parent: GrowingNode, node: GrowingNode): void {
  const { children } = parent;
  const isAfter = (it: PlacedNode): boolean =>
    it.slot.order > node.slot.order || (it.slot === parent.slot && it.slot !== node.slot);
  const at = children.findIndex(isAfter);
  if (at < 0) children.push(node);
  else children.splice(at, 0, node);
}
