/**
 * Values of a mapping: targets in a document. `address.city`, `notes*`, `items(scheme=seller).id`,
 * and `statuses(1).quantity`: the first entry, for messages that are flatter than the document.
 */
import { PlaceError, splitOutside } from './place.ts';

export interface TargetStep {
  readonly name: string;
  /** `lines*`: the entries of a list. */
  readonly list: boolean;
  /** `(scheme=seller)`: the entry with these values. */
  readonly select: readonly Selection[];
}
export interface Selection {
  /** Empty: whatever entry comes first. */
  readonly field: string;
  readonly value: string;
}
export interface TargetPath {
  readonly steps: readonly TargetStep[];
  readonly text: string;
}
/** What `as` names: `lines*`, `parties by role`, `parties.shipTo`. */
export interface ScopeTarget {
  readonly path: TargetPath;
  readonly list: boolean;
  readonly by: string | undefined;
  readonly text: string;
}

const nameForm = /^[A-Za-z_][\w:-]*$/;

/** `issueDate + issueTime` gives two. Throws PlaceError. */
export function parseTargets(text: string): readonly TargetPath[] {
  const paths = text.split(' + ').map((each) => parsePath(each.trim()));
  if (paths.length > 2) throw new PlaceError('at most two fields share a place: date + time');
  return paths;
}

export function parseScope(text: string): ScopeTarget {
  const by = /^(\S+) +by +(\S+)$/.exec(text.trim());
  const path = parsePath(by?.[1] ?? text.trim());
  const last = path.steps.at(-1)!;
  if (by !== null && last.list)
    throw new PlaceError('a scope is a list (*) or keyed (by), not both');
  if (path.steps.slice(0, -1).some((step) => step.list)) {
    throw new PlaceError(`only the last step of a scope may be a list: ${path.text}`);
  }
  return {
    path,
    list: last.list,
    by: by?.[2],
    text: by === null ? path.text : `${path.text} by ${by[2]}`,
  };
}

export function parsePath(text: string): TargetPath {
  const steps = splitOutside(text, '.').map(parseTargetStep);
  return { steps, text: steps.map(stepText).join('.') };
}

function parseTargetStep(piece: string): TargetStep {
  const open = piece.indexOf('(');
  const head = (open < 0 ? piece : piece.slice(0, open)).trim();
  const list = head.endsWith('*');
  const name = list ? head.slice(0, -1) : head;
  if (!nameForm.test(name)) {
    const hint = piece.includes('[') ? ': lists are written *, selections ( )' : '';
    throw new PlaceError(`"${piece}" is no field name${hint}`);
  }
  if (open < 0) return { name, list, select: [] };
  if (!piece.endsWith(')')) throw new PlaceError(`"${piece}": a selection ends with )`);
  return {
    name,
    list,
    select: piece
      .slice(open + 1, -1)
      .split('&')
      .map(selection),
  };
}

/** `(1)`: no test at all, so the first entry has it. */
export const firstEntry: Selection = { field: '', value: '1' };

export const selectionText = ({ field, value }: Selection): string =>
  field === '' ? value : `${field}=${value}`;

function selection(text: string): Selection {
  if (text.trim() === firstEntry.value) return firstEntry;
  const [field, value, ...rest] = text.split('=').map((part) => part.trim());
  if (!field || !value || rest.length > 0) {
    throw new PlaceError(`"(${text})": a selection is field=value`);
  }
  return { field, value };
}

export const stepText = (step: TargetStep): string =>
  step.name +
  (step.list ? '*' : '') +
  (step.select.length === 0 ? '' : `(${step.select.map(selectionText).join(' & ')})`);
