/** The API does what its OpenAPI document says, operation by operation. */
import { createHash } from 'node:crypto';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { type App, startApp } from '../../../src/app.ts';
import {
  connectorFile,
  type HttpInstallation,
  makeHttpInstallation,
} from '../../support/http-installation.ts';
import { order850 } from '../../support/order-850.ts';

interface Schema {
  readonly [keyword: string]: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly schema: Schema;
  }[];
  readonly responses: Readonly<
    Record<
      string,
      {
        readonly description: string;
        readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
      }
    >
  >;
}
interface OpenApi {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}
interface Row {
  readonly [member: string]: unknown;
  readonly id: string;
  readonly state: string;
}

const ORDERS = 7;

describe('the API', function () {
  this.timeout(30_000);
  let installation: HttpInstallation;
  let app: App;
  let described: OpenApi;
  const ajv = new Ajv2020({
    allErrors: true,
    strict: false,
    formats: { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/ },
  });

  const ask = (path: string, key: string | undefined, method = 'GET'): Promise<Response> =>
    fetch(new URL(path, app.url), {
      method,
      headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
    });
  const get = async <T>(path: string): Promise<T> => {
    const response = await ask(path, installation.keys.admin);
    expect(response.status, path).to.equal(200);
    return (await response.json()) as T;
  };
  const items = async (path: string): Promise<readonly Row[]> =>
    (await get<{ items: readonly Row[] }>(path)).items;
  const post = (body: string): Promise<Response> =>
    fetch(new URL('/in/acme', app.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${installation.keys.acme}` },
      body,
    });

  /** Each operation with what is in it for a call: ids of rows that are there. */
  const operations = () =>
    Object.entries(described.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );

  before(async () => {
    installation = await makeHttpInstallation();
    app = await startApp({ root: installation.root, env: {}, port: 0, logLevel: 'silent' });
    described = await get<OpenApi>('/openapi.json');
    for (let control = 1; control <= ORDERS; control++) {
      const sender = control === ORDERS ? 'STRANGER' : 'ACMERETAIL';
      const body = order850({ control, number: `PO-${control}`, sender });
      expect((await post(body)).status).to.equal(202);
    }
    await settled();
  });
  after(async () => {
    await app?.stop();
    installation?.remove();
  });

  /** The walk of all that was posted has ended. */
  async function settled(): Promise<void> {
    for (;;) {
      await app.hub.idle();
      const { counts } = await app.operations.status();
      const { received = 0, checked = 0 } = counts.transfers;
      const { queued = 0, sending = 0 } = counts.deliveries;
      if (received + checked + queued + sending === 0) return;
    }
  }

  describe('openapi.json', () => {
    it('is OpenAPI 3.1 in its structure', () => {
      expect(described.openapi).to.match(/^3\.1\.\d$/);
      expect(described.info.title).to.be.a('string');
      expect(described.info.version).to.match(/^\d+\.\d+\.\d+/);
      const ids = operations().map(({ operation }) => operation.operationId);
      expect(new Set(ids).size).to.equal(ids.length);
      for (const { path, method, operation } of operations()) {
        expect(path).to.match(/^\//);
        expect(['get', 'post']).to.include(method);
        expect(operation.summary, path).to.match(/[.]$/);
        expect(Object.keys(operation.responses), path).to.not.be.empty;
        for (const { description } of Object.values(operation.responses)) {
          expect(description, path).to.be.a('string');
        }
      }
    });

    it('declares each parameter of a path, and none that is not in it', () => {
      for (const { path, operation } of operations()) {
        const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
        const declared = (operation.parameters ?? []).filter(({ in: place }) => place === 'path');
        expect(declared.map(({ name }) => name)).to.deep.equal(inPath);
        expect(declared.every(({ required }) => required)).to.equal(true);
      }
    });

    it('holds only schemas that are JSON Schema 2020-12', () => {
      for (const { path, operation } of operations()) {
        for (const schema of schemasOf(operation)) {
          expect(ajv.validateSchema(schema), `${path} ${ajv.errorsText()}`).to.equal(true);
          ajv.compile(schema);
        }
      }
    });
  });

  it('answers every operation without side effects as described, and with nothing else', async () => {
    const [transfer, delivery, document] = await Promise.all([
      items('/v1/transfers'),
      items('/v1/deliveries'),
      items('/v1/documents'),
    ]);
    const id: Readonly<Record<string, string | undefined>> = {
      transfers: transfer[0]?.id,
      deliveries: delivery[0]?.id,
      documents: document[0]?.id,
    };
    let answered = 0;
    for (const { path, method, operation } of operations()) {
      if (method !== 'get') continue;
      const room = path.split('/')[2] ?? '';
      const address = path.replace('{id}', id[room] ?? '').replace('{index}', '0');
      const response = await ask(address, installation.keys.admin);
      expect(response.status, path).to.equal(200);
      const described_ = operation.responses['200']?.content ?? {};
      const [type = '', { schema } = {}] = Object.entries(described_)[0] ?? [];
      expect(response.headers.get('content-type'), path).to.include(type);
      if (schema === undefined) continue;
      const check = ajv.compile(path === '/openapi.json' ? schema : closed(schema));
      check(await response.json());
      expect(ajv.errorsText(check.errors), path).to.equal('No errors');
      answered += 1;
    }
    expect(answered).to.be.above(12);
  });

  it('gives a document with its content as JSON', async () => {
    const [row] = await items('/v1/documents?number=PO-1');
    const { document } = await get<{ document: { number: string; lines: unknown[] } }>(
      `/v1/documents/${row?.id}`,
    );
    expect(document.number).to.equal('PO-1');
    expect(document.lines).to.have.length(3);
  });

  it('walks every list once by its pages', async () => {
    for (const name of ['transfers', 'messages', 'documents', 'deliveries', 'findings', 'events']) {
      const whole = await items(`/v1/${name}?limit=500`);
      const seen: Row[] = [];
      let next: string | undefined = '';
      while (next !== undefined) {
        const after: string = next === '' ? '' : `&after=${encodeURIComponent(next)}`;
        const page: { items: readonly Row[]; next?: string } = await get(
          `/v1/${name}?limit=2${after}`,
        );
        expect(page.items.length, name).to.be.within(1, 2);
        seen.push(...page.items);
        next = page.next;
      }
      expect(whole.length, name).to.be.at.least(2);
      expect(seen, name).to.deep.equal(whole);
    }
  });

  it('lists in one state only', async () => {
    expect(await items('/v1/transfers?state=quarantined')).to.have.length(1);
    expect(await items('/v1/transfers?state=released')).to.have.length(ORDERS - 1);
  });

  describe('downloads', () => {
    it('give the bytes of a part as they came', async () => {
      const rows = await items('/v1/transfers');
      const first = rows.at(-1);
      const response = await ask(`/v1/transfers/${first?.id}/parts/0`, installation.keys.read);
      expect(await response.text()).to.equal(order850({ control: 1, number: 'PO-1' }));
      expect(response.headers.get('content-disposition')).to.match(/^attachment/);
      expect(response.headers.get('x-content-type-options')).to.equal('nosniff');
    });

    it('give the bytes of a delivery as they went', async () => {
      for (const { id, digest, size } of await items('/v1/deliveries')) {
        const response = await ask(`/v1/deliveries/${id}/payload`, installation.keys.read);
        const bytes = Buffer.from(await response.arrayBuffer());
        expect(bytes.length).to.equal(size);
        expect(createHash('sha256').update(bytes).digest('hex')).to.equal(digest);
      }
    });

    it('of a part that is not there are a 404', async () => {
      const [row] = await items('/v1/transfers');
      for (const index of ['1', '-1', 'x', '0.5', '__proto__', 'length']) {
        const response = await ask(
          `/v1/transfers/${row?.id}/parts/${index}`,
          installation.keys.read,
        );
        expect(response.status, index).to.equal(404);
      }
    });
  });

  describe('what is done', () => {
    it('resends a delivery under the same bytes', async () => {
      const [before] = await items('/v1/deliveries?connector=acme');
      const response = await ask(
        `/v1/deliveries/${before?.id}/resend`,
        installation.keys.admin,
        'POST',
      );
      expect(response.status).to.equal(200);
      await settled();
      const after = await get<Row>(`/v1/deliveries/${before?.id}`);
      expect(after).to.include({ state: 'sent', digest: before?.['digest'] });
      expect(after['attempts']).to.have.length(2);
    });

    it('does not cancel what was sent', async () => {
      const [sent] = await items('/v1/deliveries?state=sent');
      const response = await ask(
        `/v1/deliveries/${sent?.id}/cancel`,
        installation.keys.admin,
        'POST',
      );
      await expectProblem(response, 409, 'conflict');
    });

    it('cancels what waits, and the destination never gets it', async () => {
      const file = connectorFile(installation.root, 'erp');
      const good = file.read();
      file.write(good.replace('data/erp/out', '/nowhere/tradelane'));
      await ask('/v1/reload', installation.keys.admin, 'POST');
      await post(order850({ control: 100, number: 'PO-100' }));
      let waiting: Row | undefined;
      while (waiting === undefined) {
        await app.hub.idle();
        [waiting] = await items('/v1/deliveries?connector=erp&state=queued');
      }
      const path = `/v1/deliveries/${waiting.id}/cancel`;
      const response = await ask(path, installation.keys.admin, 'POST');
      expect(response.status).to.equal(200);
      expect(((await response.json()) as Row).state).to.equal('cancelled');
      file.write(good);
      await ask('/v1/reload', installation.keys.admin, 'POST');
      await settled();
      expect((await get<Row>(`/v1/deliveries/${waiting.id}`)).state).to.equal('cancelled');
    });

    it('replays what was quarantined after the fix, and reload takes the fix in', async () => {
      const [before] = await items('/v1/transfers?state=quarantined');
      const path = `/v1/transfers/${before?.id}/replay`;
      const file = connectorFile(installation.root, 'acme');
      const good = file.read();
      file.write(good.replace('ids: {', 'idz: {'));
      const refused = (await (await ask('/v1/reload', installation.keys.admin, 'POST')).json()) as {
        applied: boolean;
        faults: string[];
      };
      expect(refused.applied).to.equal(false);
      expect(refused.faults.join()).to.match(/connectors\/acme\.yaml:3 .*idz/);
      file.write(good.replace('ZZ:ACMERETAIL', 'ZZ:STRANGER'));
      const applied = (await (await ask('/v1/reload', installation.keys.admin, 'POST')).json()) as {
        applied: boolean;
      };
      expect(applied.applied).to.equal(true);
      expect((await ask(path, installation.keys.admin, 'POST')).status).to.equal(200);
      await settled();
      expect((await get<Row>(`/v1/transfers/${before?.id}`)).state).to.equal('released');
      file.write(good);
      await ask('/v1/reload', installation.keys.admin, 'POST');
    });

    it('is a 404 for what is not there', async () => {
      for (const path of ['deliveries/X/resend', 'deliveries/X/cancel', 'transfers/X/replay']) {
        await expectProblem(
          await ask(`/v1/${path}`, installation.keys.admin, 'POST'),
          404,
          'not-found',
        );
      }
    });
  });

  describe('a request that is wrong', () => {
    it('without a key or with a wrong one is a 401, whatever it asks', async () => {
      for (const { path, method, operation } of operations()) {
        if (operation.security?.length === 0 || path.startsWith('/in/')) continue;
        for (const key of [undefined, 'tl_wrong', '', `${installation.keys.admin}x`]) {
          const response = await ask(path.replace(/\{\w+\}/g, 'X'), key, method.toUpperCase());
          await expectProblem(response, 401, 'unauthorized');
        }
      }
    });

    it('with a key of another role is a 403, and is not done', async () => {
      for (const { path, method, operation } of operations()) {
        if (operation.security?.[0]?.['key']?.[0] !== 'admin') continue;
        const address = path.replace(/\{\w+\}/g, 'X');
        const response = await ask(address, installation.keys.read, method.toUpperCase());
        await expectProblem(response, 403, 'not-allowed');
      }
    });

    it("with a connector's own key may not read", async () => {
      for (const key of [installation.keys.acme, installation.keys.erp]) {
        expect((await ask('/v1/transfers', key)).status).to.be.oneOf([401, 403]);
      }
    });

    it('with an unknown parameter is told the known ones', async () => {
      const response = await ask('/v1/deliveries?statee=failed', installation.keys.admin);
      const { detail } = await expectProblem(response, 400, 'request-invalid');
      expect(detail).to.include('"statee"');
      expect(detail).to.include('limit, after, state, connector, transfer, document');
    });

    for (const [query, words] of [
      ['limit=0', 'limit must be >= 1'],
      ['limit=501', 'limit must be <= 500'],
      ['limit=x', 'limit must be integer'],
      ['limit=1&limit=2', 'limit must be integer'],
      ['state=lost', 'state is one of queued, sending, sent, failed, cancelled'],
      ['after=nonsense', 'cursor'],
      [`connector=${'x'.repeat(201)}`, 'connector must NOT have more than 200 characters'],
    ] as const) {
      it(`?${query.slice(0, 20)} is a 400`, async () => {
        const response = await ask(`/v1/deliveries?${query}`, installation.keys.admin);
        const { detail } = await expectProblem(response, 400, 'request-invalid');
        expect(detail).to.include(words);
      });
    }

    for (const id of [
      '..%2F..%2Fetc%2Fpasswd',
      '%00',
      'x%00y',
      "'%20OR%201=1--",
      'x'.repeat(5000),
      '%F0%9F%92%A9',
      '__proto__',
      '%3Cscript%3E',
    ]) {
      it(`for the id ${id.slice(0, 24)} is a 404 that does not say it back`, async () => {
        for (const path of [`transfers/${id}`, `documents/${id}`, `deliveries/${id}/payload`]) {
          const response = await ask(`/v1/${path}`, installation.keys.admin);
          const { detail } = await expectProblem(response, 404, 'not-found');
          expect(detail).to.not.include('script');
          expect(detail.length).to.be.below(200);
        }
      });
    }

    it('with broken escapes is a 400', async () => {
      const response = await ask('/v1/transfers/%E0%A4%A', installation.keys.admin);
      await expectProblem(response, 400, 'request-invalid');
    });

    it('with another method is a 405', async () => {
      const response = await ask('/v1/transfers', installation.keys.admin, 'DELETE');
      await expectProblem(response, 405, 'method-wrong');
    });

    it('for another address is a 404 that says where to look', async () => {
      const response = await ask('/v2/transfers', installation.keys.admin);
      const { detail } = await expectProblem(response, 404, 'not-found');
      expect(detail).to.include('/openapi.json');
    });
  });

  interface Told {
    readonly type: string;
    readonly status: number;
    readonly detail: string;
  }

  async function expectProblem(response: Response, status: number, code: string): Promise<Told> {
    const body = (await response.json()) as Told;
    expect(response.status, body.detail).to.equal(status);
    expect(response.headers.get('content-type')).to.match(/^application\/problem\+json/);
    expect(body).to.include({ type: `urn:tradelane:error:${code}`, status });
    const { schema = {} } =
      described.paths['/v1/status']?.['get']?.responses['default']?.content?.[
        'application/problem+json'
      ] ?? {};
    expect(ajv.validate(schema, body), ajv.errorsText()).to.equal(true);
    return body;
  }
});

const schemasOf = ({ parameters = [], responses }: Operation): readonly Schema[] => [
  ...parameters.map(({ schema }) => schema),
  ...Object.values(responses).flatMap(({ content = {} }) =>
    Object.values(content).flatMap(({ schema }) => (schema === undefined ? [] : [schema])),
  ),
];

/** The same schema without room for members it does not name; blocks that name none stay open. */
function closed(schema: Schema): Schema {
  const { properties, items, ...rest } = schema;
  const names = Object.keys(properties ?? {});
  const isPlace = names.length === 1 && names[0] === 'path';
  return {
    ...rest,
    ...(items === undefined ? {} : { items: closed(items) }),
    ...(properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, field]) => [name, closed(field)]),
          ),
          ...(names.length === 0 || isPlace ? {} : { additionalProperties: false }),
        }),
  };
}
