/**
 * A despatch advice nests as its sender nests it. `contents` is the flat view that consumers read;
 * `regroup` nests it anew for a partner who wants orders in packages or packages in orders.
 */
import type { DespatchAdvice, Package, ShippedLine, ShippedOrder } from './despatch-advice.ts';

type Inside = 'orders' | 'packages' | 'lines';
export type OrderHead = Omit<ShippedOrder, Inside>;
export type PackageHead = Omit<Package, Inside>;

/** One line with the order it is of and the packages it is in, the outermost first. */
export interface Content {
  readonly order: OrderHead | undefined;
  readonly packages: readonly PackageHead[];
  /** undefined for an order or package with nothing in it. */
  readonly line: ShippedLine | undefined;
}

export type Nesting = 'shipment/order/pack/item' | 'shipment/pack/order/item';

export function contents(advice: DespatchAdvice): readonly Content[] {
  const all: Content[] = [];
  collect(advice, { order: undefined, packages: [] }, all);
  return all;
}

type Holder = Pick<DespatchAdvice, Inside>;
type Above = Pick<Content, 'order' | 'packages'>;

function collect(holder: Holder, above: Above, all: Content[]): void {
  for (const line of holder.lines ?? []) all.push({ ...above, line });
  for (const order of holder.orders ?? []) {
    visit(order, { ...above, order: headOf(order) }, all);
  }
  for (const each of holder.packages ?? []) {
    visit(each, { ...above, packages: [...above.packages, headOf(each)] }, all);
  }
}

function visit(holder: Holder, above: Above, all: Content[]): void {
  const before = all.length;
  collect(holder, above, all);
  if (all.length === before) all.push({ ...above, line: undefined });
}

/** One object for each entry: two packages that look alike stay two. */
function headOf<Entry extends Holder>(entry: Entry): Omit<Entry, Inside> {
  const { orders: _, packages: __, lines: ___, ...head } = entry;
  return head;
}

/** Which order, which packages, which line: that set stays as it was. */
export function regroup(advice: DespatchAdvice, nesting: Nesting): DespatchAdvice {
  const { orders: _, packages: __, lines: ___, ...head } = advice;
  const root: DespatchAdvice = { ...head };
  const made: Made = { holders: new Map(), unmarked: [] };
  for (const { order, packages, line } of contents(advice)) {
    const steps: Step[] = packages.map((each) => ({ in: 'packages', head: each }));
    if (order !== undefined) {
      if (nesting === 'shipment/order/pack/item') steps.unshift({ in: 'orders', head: order });
      else steps.push({ in: 'orders', head: order });
    }
    const holder = enter(root, steps, made);
    if (line !== undefined) holder.lines = [...(holder.lines ?? []), line];
  }
  return root;
}

interface Step {
  readonly in: 'orders' | 'packages';
  readonly head: OrderHead | PackageHead;
}

interface Made {
  /** By the way to them. */
  readonly holders: Map<string, Holder>;
  /** Packages that nothing tells apart but themselves. */
  readonly unmarked: object[];
}

function enter(root: Holder, steps: readonly Step[], made: Made): Holder {
  let holder = root;
  let path = '';
  for (const step of steps) {
    path += `/${step.in} ${keyOf(step, made)}`;
    const next = made.holders.get(path) ?? add(holder, step);
    made.holders.set(path, next);
    holder = next;
  }
  return holder;
}

function add(holder: Holder, { in: list, head }: Step): Holder {
  const entry = { ...head } as Holder;
  holder[list] = [...(holder[list] ?? []), entry];
  return entry;
}

/** An order is one by what it says, a package by its marks; one without marks only by itself. */
function keyOf({ in: list, head }: Step, { unmarked }: Made): string {
  const isNamed = list === 'orders' || (head as PackageHead).marks !== undefined;
  if (isNamed) return JSON.stringify(head);
  if (!unmarked.includes(head)) unmarked.push(head);
  return `unmarked ${unmarked.indexOf(head)}`;
}
