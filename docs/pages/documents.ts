/** The canonical documents: their fields, as the mapping language names them. */
import type { DocumentKind } from '../../src/documents/document.ts';
import { documentField, type Field, type ObjectField } from '../../src/documents/field.ts';
import { documentSchemas } from '../../src/documents/registry.ts';
import { anchor, code, page, table } from './markdown.ts';

/** Shapes that stand in lists and under keys, each told once under its own heading. */
interface Shapes {
  readonly headings: Map<string, ObjectField>;
}

export function documentsPage(): string {
  const shapes: Shapes = { headings: new Map() };
  const kinds = Object.keys(documentSchemas) as DocumentKind[];
  const documents = kinds.flatMap((kind) => [`## ${kind}`, fields(documentField(kind), shapes)]);
  const parts: string[] = [];
  // A shape may bring up further ones while it is told: the map grows under the loop.
  for (const [heading, shape] of shapes.headings) {
    parts.push(`### ${heading}`, fields(shape, shapes));
  }
  return page(
    'Documents',
    '`src/documents/`',
    'What every message becomes, and what every message is written from. All values are text: ' +
      'a *decimal* is `10.50`, never a float; a *date* is `2026-03-01`, a *time* `09:30:00` with an ' +
      'offset only where the sender told it. What is empty is absent. `a*` is a list, `a by key` an ' +
      'object whose keys are values themselves (`parties.buyer`, `extensions.costCenter`).',
    ...documents,
    '## Parts',
    ...parts,
  );
}

const fields = (shape: ObjectField, shapes: Shapes): string =>
  table(['Field', 'Title', 'Type', 'Meaning'], rows(shape, '', shapes, shape.title));

function rows(shape: ObjectField, prefix: string, shapes: Shapes, owner: string): string[][] {
  return shape.fields.flatMap((name) => {
    const field = shape.field(name);
    if (field === undefined) return [];
    const path = `${prefix}${name}`;
    if (field.is === 'object') return rows(field, `${path}.`, shapes, field.title);
    const must = shape.required.includes(name) ? ' *required*' : '';
    const shown = `${code(`${path}${field.is === 'list' ? '*' : ''}`)}${must}`;
    const { title, description = '' } = field;
    return [[shown, title, typeText(field, shapes, owner), description]];
  });
}

function typeText(field: Field, shapes: Shapes, owner: string): string {
  if (field.is === 'scalar') return field.words?.map(code).join(', ') ?? field.format;
  if (field.is === 'object') return link(field, shapes, owner);
  const item = typeText(field.item, shapes, owner);
  return field.is === 'list' ? `list of ${item}` : `by key: ${item}`;
}

/** Shapes of one title with other fields are told apart by where they stand. */
function link(shape: ObjectField, shapes: Shapes, owner: string): string {
  for (const heading of [shape.title, `${shape.title} of ${owner}`]) {
    const known = shapes.headings.get(heading);
    if (known !== undefined && known.fields.join() !== shape.fields.join()) continue;
    if (known === undefined) shapes.headings.set(heading, shape);
    return `[${heading}](#${anchor(heading)})`;
  }
  throw new TypeError(`two shapes are called ${shape.title} of ${owner}`);
}
