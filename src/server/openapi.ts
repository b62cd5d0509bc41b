/** The OpenAPI 3.1 document, derived from the contract. */
import { problem as problemSchema } from './answers.ts';
import type { ApiOperation, Download } from './contract.ts';

const problem = {
  description: 'What went wrong, and what to do (RFC 9457).',
  content: { 'application/problem+json': { schema: problemSchema } },
};

/** Pure: the same contract gives the same document. */
export function openApi(
  operations: readonly ApiOperation[],
  downloads: readonly Download[],
  version: string,
): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of operations) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method]: describe(operation),
    };
  }
  for (const download of downloads) paths[download.path] = { get: describeDownload(download) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tradelane',
      version,
      description: 'Transfers, messages, documents, deliveries and findings of one hub.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer' },
        header: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
      },
    },
    security: [{ key: [] }, { header: [] }],
    paths: { ...paths, ...arrivals, ...probes },
  };
}

function describe(operation: ApiOperation): object {
  const inQuery = Object.entries(operation.query).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema,
  }));
  return {
    ...describeCall(operation),
    parameters: [...pathParameters(operation.path), ...inQuery],
    responses: {
      200: { description: 'Done.', content: { 'application/json': { schema: operation.answer } } },
      default: problem,
    },
  };
}

const describeDownload = (download: Download): object => ({
  ...describeCall(download),
  parameters: pathParameters(download.path),
  responses: {
    200: {
      description: 'The bytes, as an attachment.',
      content: { 'application/octet-stream': {} },
    },
    default: problem,
  },
});

/** The role a key must have stands where OpenAPI has the scopes of a security scheme. */
const describeCall = ({ id, summary, role }: Pick<ApiOperation, 'id' | 'summary' | 'role'>) => ({
  operationId: id,
  summary,
  security: [{ key: [role] }, { header: [role] }],
});

const pathParameters = (path: string): readonly object[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', maxLength: 64 },
  }));

/** Partners and the ERP post here with their connector's key. */
const arrivals = {
  '/in/{connector}': {
    post: {
      operationId: 'receive',
      summary:
        'Takes an interchange of this connector. 202 once it is stored; XML gets its answer in ' +
        'the same exchange. For JSON the message is named by the path: /in/erp/json/erp/invoice.',
      parameters: [
        { name: 'connector', in: 'path', required: true, schema: { type: 'string' } },
        {
          name: 'Idempotency-Key',
          in: 'header',
          required: false,
          schema: { type: 'string', maxLength: 255 },
        },
      ],
      requestBody: { required: true, content: { '*/*': {} } },
      responses: {
        200: { description: 'The same key and bytes came before, or the protocol’s own answer.' },
        202: { description: 'Stored: the body names the transfer.' },
        default: problem,
      },
    },
  },
};

const text = { type: 'string' };

const answer = (description: string, properties: Readonly<Record<string, object>>): object => ({
  description,
  content: {
    'application/json': {
      schema: { type: 'object', required: Object.keys(properties), properties },
    },
  },
});

const open = { security: [] };
const probes = {
  '/health': {
    get: {
      ...open,
      operationId: 'health',
      summary: 'That the process lives, and its pid.',
      responses: {
        200: answer('It lives.', { status: text, pid: { type: 'integer' }, version: text }),
      },
    },
  },
  '/ready': {
    get: {
      ...open,
      operationId: 'ready',
      summary: 'Whether the hub takes work: store open, receivers running.',
      responses: {
        200: answer('Ready.', { status: text, receiving: { type: 'array', items: text } }),
        503: answer('The hub is stopping.', { status: text }),
      },
    },
  },
  '/openapi.json': {
    get: {
      ...open,
      operationId: 'openapi',
      summary: 'This document.',
      responses: { 200: answer('OpenAPI 3.1.', { openapi: text }) },
    },
  },
};
