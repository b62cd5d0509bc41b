/** What a connector file may say: the check, the reference page and the form derive from it. */
import Type, { type Static, type TSchema } from 'typebox';

const text = (title: string, description: string, example: string) =>
  Type.String({ title, description, examples: [example], minLength: 1 });

const word = (title: string, description: string, words: readonly [string, ...string[]]) =>
  Type.Enum([...words], { title, description, examples: [words[0]], default: words[0] });

const texts = (title: string, description: string, example: Record<string, string>) =>
  Type.Record(Type.String(), Type.String(), { title, description, examples: [example] });

const closed = <P extends Record<string, TSchema>>(
  properties: P,
  words: { title: string; description: string; examples: unknown[] },
) => Type.Object(properties, { additionalProperties: false, ...words });

const syntax = closed(
  {
    version: Type.Optional(text('Version', 'X12 ISA12, EDIFACT syntax version.', '00401')),
    charset: Type.Optional(
      text('Character set', 'UNOA to UNOK, UNOW, UNOX, UNOY (EDIFACT); latin1, utf8.', 'UNOC'),
    ),
    element: Type.Optional(text('Element separator', 'One character.', '*')),
    component: Type.Optional(text('Component separator', 'One character.', '>')),
    repetition: Type.Optional(
      text('Repetition separator', 'One character. By default `*` from EDIFACT syntax 4 on.', '^'),
    ),
    terminator: Type.Optional(text('Segment terminator', 'One character.', '~')),
    directory: Type.Optional(
      text('Service code list directory', 'S001 0080, EDIFACT syntax 4 only.', '40102'),
    ),
    encoding: Type.Optional(text('Character encoding', 'S001 0133, EDIFACT syntax 4 only.', '2')),
    release: Type.Optional(text('Release character', 'One character; EDIFACT only.', '?')),
    decimalMark: Type.Optional(word('Decimal mark', 'In numbers.', ['.', ','])),
    lineBreak: Type.Optional(
      Type.String({
        title: 'Line break',
        description: 'Written after each terminator; "" for none.',
        examples: ['\\n'],
      }),
    ),
    inData: Type.Optional(
      text(
        'What cannot stand in data',
        'A separator in X12, which has no release character, and a character that the set of ' +
          'EDIFACT lacks: `refuse` such data, or write this text in its place.',
        'refuse',
      ),
    ),
  },
  {
    title: 'Syntax',
    description: "Separators and character set; by default the standard's usual ones.",
    examples: [{ terminator: '~', lineBreak: '' }],
  },
);

const shortText = (title: string, description: string, example: string, maxLength: number) =>
  Type.String({ title, description, examples: [example], minLength: 1, maxLength });

const envelope = closed(
  {
    groups: Type.Optional(
      Type.Boolean({
        title: 'Functional groups',
        description: 'Messages stand in UNG and UNE, numbered for themselves (0048).',
        examples: [true],
        default: false,
      }),
    ),
    applicationReference: Type.Optional(
      shortText('Application reference', 'UNB 0026.', 'INVOIC', 14),
    ),
    priority: Type.Optional(shortText('Processing priority', 'UNB 0029.', 'A', 1)),
    agreementId: Type.Optional(shortText('Interchange agreement', 'UNB 0032.', 'EANCOM', 35)),
    accessReference: Type.Optional(
      shortText('Common access reference', 'UNH 0068, in each message.', 'CONTRACT-7', 35),
    ),
    requestAcknowledgement: Type.Optional(
      Type.Boolean({
        title: 'Ask for an acknowledgement',
        description: 'UNB 0031 (X12: ISA14) asks for an acknowledgement of the interchange.',
        examples: [true],
        default: false,
      }),
    ),
  },
  {
    title: 'Envelope',
    description: 'What EDIFACT envelopes of what we send say beside ids, numbers and dates.',
    examples: [{ groups: true, applicationReference: 'INVOIC' }],
  },
);

const agreement = {
  message: text('Message', 'standard/version/name.', 'x12/004010/850'),
  mapping: Type.Optional(
    text('Mapping', 'Path below mappings/. By default that of the message.', 'partners/acme/850'),
  ),
  mode: Type.Optional(
    Type.Enum(['live', 'test'], {
      title: 'Live or test',
      description: 'Where it differs from the connector.',
      examples: ['test'],
    }),
  ),
  application: Type.Optional(
    closed(
      {
        us: text('Our application id', 'X12 GS02, EDIFACT UNG S006 of what we send.', 'TRADELANE'),
        them: text('Their application id', 'X12 GS03, EDIFACT UNG S007 of what we send.', 'ACMEPO'),
      },
      {
        title: 'Application ids',
        description: 'Where they differ from the interchange ids.',
        examples: [{ us: 'TRADELANE', them: 'ACMEPO' }],
      },
    ),
  ),
  syntax: Type.Optional(syntax),
  values: Type.Optional(texts('Values', 'For mappings, as $agreement.x.', { department: '0042' })),
};

const inbound = closed(
  {
    ...agreement,
    acknowledge: Type.Optional(
      Type.Unknown({
        title: 'Acknowledge with',
        description:
          '997 or 999 (X12), CONTRL (EDIFACT), response (cXML) or none; or the long form below, ' +
          'which also says when, how, and what becomes of errors.',
        examples: ['997'],
        default: 'none',
      }),
    ),
  },
  { title: 'What they send us', description: '', examples: [{ message: 'x12/004010/850' }] },
);

const outbound = closed(
  {
    ...agreement,
    envelope: Type.Optional(envelope),
    expect: Type.Optional(
      Type.Unknown({
        title: 'Expected acknowledgement',
        description: '997, CONTRL or response, alone or with a deadline.',
        examples: [{ 997: 'within 4h' }],
      }),
    ),
    due: Type.Optional(
      text('Due', 'How long after which event it must be sent.', '24h after order received'),
    ),
  },
  { title: 'What we send them', description: '', examples: [{ message: 'x12/004010/810' }] },
);

const transport = (title: string, example: Record<string, unknown>) =>
  Type.Object(
    { use: text('Transport', 'Its name.', 'directory') },
    {
      additionalProperties: true,
      title,
      description: 'The transport and its settings.',
      examples: [example],
    },
  );

const retry = closed(
  {
    attempts: Type.Optional(
      Type.Integer({ title: 'Attempts', examples: [48], default: 48, minimum: 1, maximum: 1000 }),
    ),
    first: Type.Optional(text('First wait', 'It doubles with each attempt.', '1s')),
    max: Type.Optional(text('Longest wait', 'It grows no further.', '1h')),
  },
  {
    title: 'Retry',
    description: 'How often, and how far apart. By default 48 times in about a day and a half.',
    examples: [{ attempts: 48, first: '1s', max: '1h' }],
  },
);

export const connectorSchema = Type.Object(
  {
    extends: Type.Optional(
      text('Kit', 'A file below connectors/ to start from.', 'kits/x12-customer'),
    ),
    name: Type.Optional(
      text('Name', 'As people call them. By default the file name.', 'Acme Retail'),
    ),
    role: Type.Optional(word('Role', 'A trading partner, or the ERP.', ['partner', 'erp'])),
    mode: Type.Optional(
      word('Live or test', 'Test documents never reach a live connector.', ['live', 'test']),
    ),
    ids: Type.Optional(
      texts('Their ids', 'By scheme; the envelope schemes are x12, edifact and cxml.', {
        x12: 'ZZ:ACMERETAIL',
      }),
    ),
    us: Type.Optional(
      texts('Our ids', 'Where they differ from config/hub.yaml.', { x12: 'ZZ:TRADELANE' }),
    ),
    zone: Type.Optional(
      text('Time zone', 'IANA zone of times that carry none.', 'America/Chicago'),
    ),
    in: Type.Optional(transport('Receives by', { use: 'directory', path: 'data/acme/in' })),
    out: Type.Optional(transport('Sends by', { use: 'directory', path: 'data/acme/out' })),
    via: Type.Optional(
      text('Via', 'The connector (a network) that carries its traffic.', 'somevan'),
    ),
    inbound: Type.Optional(Type.Array(inbound, { title: 'Inbound' })),
    outbound: Type.Optional(Type.Array(outbound, { title: 'Outbound' })),
    repeat: Type.Optional(
      word(
        'Repeats',
        'What a repeat of a delivery does at their side: nothing (safe), they can be asked ' +
          '(lookup), or it is done twice (never: a person decides).',
        ['safe', 'lookup', 'never'],
      ),
    ),
    order: Type.Optional(
      word('Order', 'One after another, or several at once.', ['free', 'serial']),
    ),
    concurrency: Type.Optional(
      Type.Integer({ title: 'At once', examples: [4], default: 4, minimum: 1, maximum: 100 }),
    ),
    retry: Type.Optional(retry),
    duplicates: Type.Optional(
      Type.Unknown({
        title: 'Duplicates',
        description:
          'What is done with a control number that comes again: `refuse`, `hold` for a person, ' +
          '`accept` and tell, or `ignore`. One word for interchanges (ISA13, UNB 0020), or one for ' +
          'each level: `interchange` (refuse), `group` (GS06, UNG 0048) and `message` (ST02, UNH ' +
          '0062), which are ignored unless the partner agreed to count them on.',
        examples: ['refuse', { interchange: 'accept', group: 'refuse' }],
        default: 'refuse',
      }),
    ),
    duplicateDays: Type.Optional(
      Type.Integer({
        title: 'Days of duplicates',
        description: 'In which the same control number is a duplicate, at every level.',
        examples: [30],
        default: 30,
        minimum: 1,
        maximum: 3650,
      }),
    ),
    ta1: Type.Optional(
      word(
        'Interchange acknowledgement',
        'When an X12 interchange is answered by a TA1, which speaks of ISA and IEA alone: where ' +
          'its ISA14 asks, always, where its envelope is wrong, or never.',
        ['asked', 'always', 'onError', 'never'],
      ),
    ),
    syntax: Type.Optional(syntax),
    values: Type.Optional(
      texts('Values', 'For mappings, as $connector.x.', { vendorNumber: '77' }),
    ),
    tolerance: Type.Optional(
      Type.Unknown({
        title: 'Tolerance',
        description:
          '`strict`, `standard` or `lenient`, or a severity (error, warning, info, ignore) by ' +
          'code of a finding of the envelope, the standard or the reading. What is tolerated is still ' +
          'told; what is made an error in reading (`lookup-missing`) holds the message.',
        examples: ['strict', { 'element-code': 'error', 'lookup-missing': 'error' }],
        default: 'standard',
      }),
    ),
    declines: Type.Optional(
      Type.Array(Type.String({ title: 'Kind of document', examples: ['despatchAdvice'] }), {
        title: 'Documents they do not want',
        description: 'Kinds that are not sent to them, and need no agreement.',
        examples: [['despatchAdvice']],
      }),
    ),
    limits: Type.Optional(
      closed(
        { messageBytes: Type.Optional(text('Largest message', 'A size.', '16MB')) },
        {
          title: 'Limits',
          description: 'Below those of the hub.',
          examples: [{ messageBytes: '4MB' }],
        },
      ),
    ),
  },
  { additionalProperties: false, title: 'Connector' },
);
export type ConnectorFile = Static<typeof connectorSchema>;
export type InboundFile = NonNullable<ConnectorFile['inbound']>[number];
export type OutboundFile = NonNullable<ConnectorFile['outbound']>[number];
