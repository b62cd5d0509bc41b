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
  /** Slots that segments came late for, with how often each is used. */
  late: Map<Slot, number> | undefined;
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
  late: undefined,
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

/** Puts late nodes where the standard wants them, after those of their slot that came in time. */
export function sortLate({ node, late }: Frame): void {
  if (late !== undefined) node.children.sort((one, other) => one.slot.order - other.slot.order);
}

/** Counts one more late use of a slot; scanning for each would take quadratic time. */
export function addLate(frame: Frame, { slot }: SlotPlan): number {
  frame.late ??= new Map();
  const uses = (frame.late.get(slot) ?? usesOf(slot, frame.node)) + 1;
  frame.late.set(slot, uses);
  return uses;
}
