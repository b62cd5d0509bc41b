/** The HTTP API, from the OpenAPI document that the hub serves. */
import { contract } from '../../src/server/contract.ts';
import { openApi } from '../../src/server/openapi.ts';
import { code, page, table } from './markdown.ts';
import { type Settings, settingsTable } from './settings.ts';

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
  const { paths } = openApi(contract, '') as Described;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      heading: `${method.toUpperCase()} ${path}`,
      operation,
    })),
  );
  return page(
    'API',
    '`src/server/contract.ts`, as served at `/openapi.json`',
    'Send a key as `Authorization: Bearer <key>` or `X-API-Key`; the administrator’s is in ' +
      '`data/keys/admin`. A key has a role: `read` may look, `admin` may also act. Lists are paged: ' +
      'give `next` back as `after` until there is none. Faults are answered as problem details ' +
      '(RFC 9457, `application/problem+json`) whose `type` is `urn:tradelane:error:<code>`, see ' +
      '[codes](codes.md#errors). Each answer has an `X-Request-Id`, which the log has too. Members ' +
      'may be added to answers later; none is renamed or dropped.',
    ...operations.flatMap(({ heading, operation }) => [
      `## ${heading}`,
      `${operation.summary} ${who(operation)}`,
      ...parameters(operation),
      ...answers(operation),
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
          ['Parameter', 'In', 'Meaning', 'Example', 'Default'],
          all.map(({ name, in: place, schema }) => [
            code(name),
            place,
            schema.description ?? '',
            code(schema.examples?.[0]),
            code(schema.default),
          ]),
        ),
      ];

function answers({ responses }: Operation): readonly string[] {
  return Object.entries(responses).flatMap(([status, { description, content = {} }]) => {
    if (status === 'default') return [];
    const schema = Object.values(content)[0]?.schema;
    const item = schema?.items ?? schema;
    const isTable = item?.properties !== undefined;
    const about = [schema?.title, schema?.description].filter(Boolean).join('. ');
    const line = `**${status}** ${description}${about === '' ? '' : ` ${about}`}`;
    return isTable ? [line, settingsTable(item)] : [line];
  });
}
