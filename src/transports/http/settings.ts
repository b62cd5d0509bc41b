import Type, { type Static } from 'typebox';

const secret = (title: string, description: string, example: string) =>
  Type.String({ title, description, examples: [example], pattern: '^(env|file):.+$' });

const seconds = (title: string, description: string, preset: number, maximum: number) =>
  Type.Number({ title, description, examples: [preset], default: preset, minimum: 0.1, maximum });

export const httpInSettings = Type.Object(
  {
    key: Type.Optional(
      secret(
        'API key',
        'Where the key is kept that the sender shows as `Authorization: Bearer` or `X-Api-Key`. ' +
          'Without it the sender needs an API key of the hub, or the shared secret.',
        'file:data/keys/erp',
      ),
    ),
    sharedSecret: Type.Optional(
      secret(
        'cXML shared secret',
        'Where the SharedSecret is kept that the sender puts into the Sender of each cXML ' +
          'document. Every proof that is configured is asked for.',
        'file:data/keys/globex-secret',
      ),
    ),
    reply: Type.Optional(
      Type.Boolean({
        title: 'Answer in the same exchange',
        description:
          'Wait for the acknowledgement and send it as the answer. By default only for cXML.',
        examples: [true],
      }),
    ),
    replySeconds: Type.Optional(
      seconds('Seconds to wait for the answer', 'Later it gets the "received" answer.', 10, 300),
    ),
    idleSeconds: Type.Optional(
      seconds('Seconds without a byte', 'A sender that stalls longer is refused.', 30, 600),
    ),
  },
  { additionalProperties: false },
);
export type HttpInSettings = Static<typeof httpInSettings>;

export const httpOutSettings = Type.Object(
  {
    url: Type.String({
      title: 'Address',
      description: 'Where payloads are posted. http or https; redirects are not followed.',
      examples: ['https://erp.example.com/api'],
      pattern: '^https?://[^\\s@]+$',
    }),
    method: Type.Optional(
      Type.Enum(['POST', 'PUT'], {
        title: 'Method',
        description: 'How payloads are sent.',
        examples: ['POST'],
        default: 'POST',
      }),
    ),
    paths: Type.Optional(
      Type.Record(Type.String(), Type.String({ pattern: '^/' }), {
        title: 'Path by message',
        description: 'Added to the address. A message that is not listed is not sent.',
        examples: [{ 'json/erp/order': '/sales-orders' }],
      }),
    ),
    key: Type.Optional(
      secret('API key', 'Where the key is kept that we show.', 'file:data/keys/erp-out'),
    ),
    keyHeader: Type.Optional(
      Type.String({
        title: 'Header of the key',
        description: 'In Authorization it stands after `Bearer `, in any other header alone.',
        examples: ['X-Api-Key'],
        default: 'Authorization',
        pattern: "^[A-Za-z0-9!#$%&'*+.^_|~-]+$",
      }),
    ),
    sharedSecret: Type.Optional(
      secret(
        'cXML shared secret',
        'Where the SharedSecret is kept that our cXML documents carry in their Sender.',
        'file:data/keys/globex-secret',
      ),
    ),
    headers: Type.Optional(
      Type.Record(Type.String(), Type.String(), {
        title: 'Further headers',
        description: 'A value may be a secret: env:NAME or file:path.',
        examples: [{ 'X-Tenant': 'north' }],
      }),
    ),
    timeoutSeconds: Type.Optional(
      seconds('Seconds for the whole exchange', 'From the connection to the last byte.', 30, 600),
    ),
    answer: Type.Optional(
      Type.Object(
        {
          id: Type.String({
            title: 'Their id',
            description: 'Where their JSON answer has their id of what was sent.',
            examples: ['data.id'],
          }),
        },
        { additionalProperties: false, title: 'Answer', examples: [{ id: 'id' }] },
      ),
    ),
    lookup: Type.Optional(
      Type.String({
        title: 'Look before a repeat',
        description:
          'A path that answers 200 when a delivery arrived and 404 when not; {delivery} is ' +
          'replaced by its Idempotency-Key. For `repeat: lookup`.',
        examples: ['/received/{delivery}'],
        pattern: '^/',
      }),
    ),
  },
  { additionalProperties: false },
);
export type HttpOutSettings = Static<typeof httpOutSettings>;
