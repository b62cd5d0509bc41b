/** How objects and lists of a document are declared: closed, optional, named for people. */
import Type, { type TProperties, type TSchema } from 'typebox';

/** A closed object: a field that is not named here is a fault. */
export const shape = <Fields extends TProperties>(title: string, fields: Fields) =>
  Type.Object(fields, { title, additionalProperties: false });

/** An optional sub-object. */
export const part = <Fields extends TProperties>(title: string, fields: Fields) =>
  Type.Optional(shape(title, fields));

/** An optional list, in the order in which it was sent. Never empty: an empty list is absent. */
export const list = <Item extends TSchema>(title: string, item: Item, description?: string) =>
  Type.Optional(
    Type.Array(item, { title, minItems: 1, ...(description === undefined ? {} : { description }) }),
  );

/** An optional object whose keys are values themselves: roles, schemes, names. */
export const keyed = <Item extends TSchema>(title: string, item: Item, description: string) =>
  Type.Optional(Type.Record(Type.String(), item, { title, description, minProperties: 1 }));

/** What partners add that no field is for: namespaced text, `costCenter`, `acme:routeCode`. */
export const extensions = keyed(
  'Extensions',
  Type.String({ minLength: 1 }),
  'Free values by name. A mapping reads them with `as: extensions by name` and the field `value`.',
);
