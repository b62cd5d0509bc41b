/**
 * What the schema says of a field: the mapping engine types its targets by it, the reference page
 * is made from it. References of the recursive despatch advice are resolved on the way.
 */
import type { DocumentKind } from './document.ts';
import { documentSchemas } from './registry.ts';
import type { ScalarFormat } from './scalar.ts';

export type Field = ObjectField | ListField | KeyedField | ScalarField;
interface Said {
  readonly title: string;
  readonly description: string | undefined;
}
export interface ObjectField extends Said {
  readonly is: 'object';
  readonly fields: readonly string[];
  readonly required: readonly string[];
  /** undefined: no such field. */
  field(name: string): Field | undefined;
}
export interface ListField extends Said {
  readonly is: 'list';
  readonly item: Field;
}
/** An object whose keys are values: parties by role, extensions by name. */
export interface KeyedField extends Said {
  readonly is: 'keyed';
  readonly item: Field;
}
export interface ScalarField extends Said {
  readonly is: 'scalar';
  readonly format: ScalarFormat | 'text';
  /** Set where only these words are right. */
  readonly words: readonly string[] | undefined;
}

/** The document itself. The field `document` tells its kind and is no target of a mapping. */
export function documentField(kind: DocumentKind): ObjectField {
  const known = roots.get(kind);
  if (known !== undefined) return known;
  const schema = documentSchemas[kind] as Schema;
  const field = fieldOf(schema, schema.$defs ?? {});
  if (field.is !== 'object') throw new TypeError(`${kind} is no object`);
  roots.set(kind, field);
  return field;
}

interface Schema {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly format?: ScalarFormat;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}
type Defs = Readonly<Record<string, Schema>>;

const roots = new Map<DocumentKind, ObjectField>();

function fieldOf(schema: Schema, defs: Defs): Field {
  if (schema.$ref !== undefined) return fieldOf(defs[schema.$ref]!, defs);
  const said = { title: schema.title ?? '', description: schema.description };
  if (schema.items !== undefined) return listField(schema.items, said, defs);
  if (schema.patternProperties !== undefined) {
    return keyedField(Object.values(schema.patternProperties)[0]!, said, defs);
  }
  if (schema.properties !== undefined) return objectField(schema, schema.properties, said, defs);
  const words = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  return { is: 'scalar', ...said, format: schema.format ?? 'text', words };
}

/** Items are looked at when asked for: packages hold packages. */
function listField(items: Schema, said: Said, defs: Defs): ListField {
  let item: Field | undefined;
  return {
    is: 'list',
    ...said,
    get item() {
      item ??= fieldOf(items, defs);
      return item;
    },
  };
}

function keyedField(items: Schema, said: Said, defs: Defs): KeyedField {
  return { is: 'keyed', ...said, item: fieldOf(items, defs) };
}

function objectField(
  schema: Schema,
  properties: Readonly<Record<string, Schema>>,
  said: Said,
  defs: Defs,
): ObjectField {
  const known = new Map<string, Field>();
  return {
    is: 'object',
    ...said,
    fields: Object.keys(properties),
    required: schema.required ?? [],
    field(name) {
      if (!Object.hasOwn(properties, name)) return undefined;
      const field = known.get(name) ?? fieldOf(properties[name]!, defs);
      known.set(name, field);
      return field;
    },
  };
}
