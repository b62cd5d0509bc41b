/** The HTTP API, from the OpenAPI document that the hub serves. */
import { contract, downloads } from '../../src/server/contract.ts';
import { openApi } from '../../src/server/openapi.ts';
import { anchor, code, page, table } from './markdown.ts';
import { membersTable, type Settings, values } from './settings.ts';

interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly schema: Settings;
  }[];
  readonly responses: Readonly<Record<string, Answer>>;
}
interface Answer {
  readonly description: string;
  readonly content?: Readonly<Record<string, { readonly schema?: Settings }>>;
}

export function apiPage(): string {
  const { paths } = openApi(contract, downloads, '') as Described;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      heading: `${method.toUpperCase()} ${path}`,
      operation,
    })),
  );
  const rows = new Map<string, Settings>();
  const calls = operations.flatMap(({ heading, operation }) => [
    `## ${heading}`,
    `${operation.summary} ${who(operation)}`.trimEnd(),
    ...parameters(operation),
    ...answers(operation, rows),
  ]);
  return page(
    'API',
    '`src/server/contract.ts`',
    'The hub serves this as OpenAPI 3.1 at `/openapi.json`.',
    'Send a key as `Authorization: Bearer <key>` or `X-API-Key`; the administrator’s is in ' +
      '`data/keys/admin`. A key has a role: `read` may look, `admin` may also act. Lists are paged: ' +
      'give `next` back as `after` until there is none. Faults are answered as problem details ' +
      '(RFC 9457, `application/problem+json`) whose `type` is `urn:tradelane:error:<code>`, see ' +
      '[codes](codes.md#errors). Each answer has an `X-Request-Id`, which the log has too. Members ' +
      'may be added to answers later; none is renamed or dropped.',
    ...calls,
    '## Answers',
    ...[...rows].flatMap(([title, schema]) => [
      `### ${title}`,
      schema.description ?? '',
      membersTable(schema),
    ]),
  );
}

function who({ security }: Operation): string {
  const role = security?.[0]?.['key']?.[0];
  return security?.length === 0 ? 'No key needed.' : role === undefined ? '' : `Role: ${role}.`;
}

const parameters = ({ parameters: all = [] }: Operation): readonly string[] =>
  all.length === 0
    ? []
    : [
        table(
          ['Parameter', 'In', 'Values', 'Meaning', 'Default'],
          all.map(({ name, in: place, schema }) => [
            code(name),
            place,
            values(schema),
            `${schema.description ?? ''} ${code(schema.examples?.[0])}`.trim(),
            code(schema.default),
          ]),
        ),
      ];

function answers({ responses }: Operation, rows: Map<string, Settings>): readonly string[] {
  const told = Object.entries(responses).filter(([status]) => status !== 'default');
  return told.map(([status, { description, content = {} }]) => {
    const schema = Object.values(content)[0]?.schema;
    return [`**${status}** ${description}`, ...(schema ? [answerText(schema, rows)] : [])].join(
      ' ',
    );
  });
}

/** Rows are told once, below; small answers in the same line. */
function answerText(schema: Settings, rows: Map<string, Settings>): string {
  const items = schema.properties?.['items']?.items;
  const row = items ?? schema.items ?? schema;
  const { title, properties = {} } = row;
  if (title === undefined) return Object.keys(properties).map(code).join(', ');
  if (!rows.has(title)) rows.set(title, row);
  const link = `[${title}](#${anchor(title)})`;
  if (items !== undefined) return `A page of ${link}.`;
  return schema.items === undefined ? `${link}.` : `A list of ${link}.`;
}
