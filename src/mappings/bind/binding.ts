/** What binding needs to know while it walks a mapping. */
import type { Field, ObjectField } from '../../documents/field.ts';
import type { MessageType } from '../../model/message.ts';
import type { FindTable } from '../codes.ts';
import type { FaultList, Origin } from '../fault.ts';
import type { Lookups } from '../lookups.ts';
import type { Scope } from '../model.ts';
import type { Family } from '../place.ts';

export interface Binding {
  readonly family: Family;
  readonly message: MessageType;
  /** `850 of 004010`, for people. */
  readonly messageName: string;
  readonly document: ObjectField;
  readonly faults: FaultList;
  readonly lookups: Lookups;
  readonly findTable: FindTable;
}

/** The entry that targets are relative to, and who has claimed which of its fields. */
export interface BindScope {
  readonly scope: Scope;
  readonly field: ObjectField;
  /** Path of a single scope inside the entry: `parties.shipTo.`. */
  readonly prefix: string;
  readonly claimed: Map<string, Claimed>;
}
export interface Claimed {
  readonly origin: Origin;
  readonly reads: boolean;
  readonly writes: boolean;
}

export const documentScope = (field: ObjectField): BindScope => newScope(field);

export const newScope = (field: ObjectField): BindScope => ({
  scope: { field, shared: new Map() },
  field,
  prefix: '',
  claimed: new Map(),
});

export const textField = (title: string): Field => ({
  is: 'scalar',
  title,
  description: undefined,
  format: 'text',
  words: undefined,
});
