/** The OpenAPI 3.1 document, derived from the contract. */
import { errorCatalogue } from '../model/catalogue.ts';
import type { ApiOperation } from './contract.ts';

const problem = {
  description: 'What went wrong, and what to do (RFC 9457).',
  content: {
    'application/problem+json': {
      schema: {
        type: 'object',
        required: ['type', 'title', 'status', 'detail'],
        properties: {
          type: {
            type: 'string',
            enum: Object.keys(errorCatalogue).map((code) => `urn:tradelane:error:${code}`),
          },
          title: { type: 'string' },
          status: { type: 'integer' },
          detail: { type: 'string' },
        },
      },
    },
  },
};

/** Pure: the same contract gives the same document. */
export function openApi(operations: readonly ApiOperation[], version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of operations) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method]: describe(operation),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tradelane',
      version,
      description: 'Transfers, messages, documents, deliveries and findings of one hub.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
    },
    security: [{ key: [] }],
    paths: { ...paths, ...arrivals, ...probes },
  };
}

function describe(operation: ApiOperation): object {
  const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', maxLength: 64 },
  }));
  const inQuery = Object.entries(operation.query).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema,
  }));
  return {
    operationId: operation.id,
    summary: operation.summary,
    parameters: [...inPath, ...inQuery],
    responses: {
      200: { description: 'Done.', content: { 'application/json': { schema: operation.answer } } },
      default: problem,
    },
  };
}

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

const open = { security: [] };
const probes = {
  '/health': {
    get: {
      ...open,
      operationId: 'health',
      summary: 'That the process lives, and its pid.',
      responses: { 200: { description: 'It lives.' } },
    },
  },
  '/ready': {
    get: {
      ...open,
      operationId: 'ready',
      summary: 'Whether the hub takes work: store open, receivers running.',
      responses: { 200: { description: 'Ready.' }, 503: { description: 'Not yet, or no more.' } },
    },
  },
  '/openapi.json': {
    get: {
      ...open,
      operationId: 'openapi',
      summary: 'This document.',
      responses: { 200: { description: 'OpenAPI 3.1.' } },
    },
  },
};
