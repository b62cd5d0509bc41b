/** config/routes.yaml: what differs from the usual way. The first rule that fits decides. */
import Type from 'typebox';
import { documentSchemas } from '../documents/registry.ts';
import { checkSchema } from './check-schema.ts';
import { faultList } from './fault-list.ts';
import type { Located } from './located.ts';
import { nearestWord } from './nearest-word.ts';

export interface RouteRule {
  readonly when: {
    /** Kind of document: `invoice`. */
    readonly document?: string;
    /** Connector that it came from, or whose document it is. */
    readonly from?: string;
  };
  /** Id of the connector that gets it. */
  readonly to: string;
}

const words = (title: string, description: string, example: string) =>
  Type.String({ title, description, examples: [example], minLength: 1 });

export const routesSchema = Type.Object(
  {
    routes: Type.Array(
      Type.Object(
        {
          when: Type.Object(
            {
              document: Type.Optional(words('Document', 'Kind of document.', 'invoice')),
              from: Type.Optional(words('From', 'Connector it came from.', 'acme')),
            },
            { additionalProperties: false, title: 'When', minProperties: 1 },
          ),
          to: words('To', 'Connector that gets it.', 'archive'),
        },
        { additionalProperties: false, title: 'Rule' },
      ),
      { title: 'Rules', description: 'The first that fits decides.' },
    ),
  },
  { additionalProperties: false, title: 'Routes' },
);

/** Throws ConfigFaults. `connectors` are the ids of all files, the faulty ones too. */
export function readRoutes(located: Located, connectors: readonly string[]): readonly RouteRule[] {
  const { routes } = checkSchema(routesSchema, located);
  const faults = faultList(located);
  const check = (path: readonly string[], word: string | undefined, known: readonly string[]) => {
    if (word === undefined || known.includes(word)) return;
    const meant = nearestWord(word, known);
    const what = path.at(-1) === 'document' ? 'kind of document' : 'connector';
    const fix =
      meant === undefined ? `Known are: ${known.join(', ')}.` : `Did you mean "${meant}"?`;
    faults.add(path, `There is no ${what} "${word.slice(0, 60)}".`, fix);
  };
  for (const [index, { when, to }] of routes.entries()) {
    const at = ['routes', String(index)];
    check([...at, 'when', 'document'], when.document, Object.keys(documentSchemas));
    check([...at, 'when', 'from'], when.from, connectors);
    check([...at, 'to'], to, connectors);
  }
  faults.throwIfAny();
  return routes;
}
