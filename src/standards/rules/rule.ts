/**
 * A partner's rules: what an implementation guide asks beyond the standard, bound to the places of
 * one message. They are judged on checked messages of either direction.
 */
import type { Severity } from '../../model/finding.ts';
import type { ElementDefinition, Slot } from '../definition.ts';

export interface PartnerRule {
  /** The loop that the rule is judged in, once for each of its occurrences; empty: the message. */
  readonly scope: readonly SegmentStep[];
  /** All of them have to hold; empty: always. */
  readonly when: readonly RuleTest[];
  readonly demands: readonly Demand[];
  /** The partner's own words; empty: none were given. */
  readonly say: string;
  /** The most that a finding of the rule may be. */
  readonly severity: Severity;
  /** `mappings/partners/acme/850.yaml:14`. */
  readonly line: string;
}

/** One step down: a segment, or the loop that it begins. */
export interface SegmentStep {
  readonly tag: string;
  /** Position among the slots of that tag at this level, where there are several. */
  readonly ordinal: number | undefined;
  /** In the definition that the rule was bound to; a message may be of another version. */
  readonly slot: Slot;
  readonly select: readonly Selection[];
  /** `N1(1=ST)`. */
  readonly text: string;
}

export interface Selection {
  readonly element: number;
  /** 0: the element has none. */
  readonly component: number;
  readonly values: ReadonlySet<string>;
}

export interface RulePlace {
  /** From the rule's scope down to the segment; empty: the segment that begins the scope. */
  readonly steps: readonly SegmentStep[];
  /** 0: the segment itself. */
  readonly element: number;
  /** 0: the whole element. */
  readonly component: number;
  readonly definition: ElementDefinition | undefined;
  /** As the file writes it: `PO1/N104`. */
  readonly text: string;
}

export interface RuleTest {
  readonly place: RulePlace;
  readonly is: 'there' | 'absent' | 'oneOf' | 'noneOf';
  readonly values: ReadonlySet<string>;
  /** `BEG02 = DS`. */
  readonly text: string;
}

export type Demand = { readonly place: RulePlace } & (
  | { readonly is: 'required' }
  | { readonly is: 'unused' }
  | { readonly is: 'only'; readonly codes: ReadonlySet<string> }
  | { readonly is: 'length'; readonly min: number; readonly max: number }
  | { readonly is: 'times'; readonly min: number; readonly max: number }
);
export type DemandOf<I extends Demand['is']> = Extract<Demand, { readonly is: I }>;

/** What it asks for, without its place: `required`, `only SA|DS`, `length 1-10`. */
export function demandText(demand: Demand): string {
  switch (demand.is) {
    case 'required':
      return 'required';
    case 'unused':
      return 'not used';
    case 'only':
      return `only ${[...demand.codes].join('|')}`;
    case 'length':
      return `length ${demand.min}${demand.min === demand.max ? '' : `-${demand.max}`}`;
    case 'times':
      return timesText(demand);
  }
}

function timesText({ min, max }: { readonly min: number; readonly max: number }): string {
  const least = min > 0 ? [`at least ${min}`] : [];
  return [...least, ...(Number.isFinite(max) ? [`at most ${max}`] : [])].join(', ');
}

/** `BEG02 = DS and CUR`; empty for a rule that always holds. */
export const whenText = ({ when }: PartnerRule): string =>
  when.map(({ text }) => text).join(' and ');
