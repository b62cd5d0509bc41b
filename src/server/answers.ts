/** What the API answers, member by member: served as OpenAPI, shown on the reference page. */
import Type, { type TProperties, type TSchema } from 'typebox';
import { errorCatalogue, findingCatalogue } from '../model/catalogue.ts';

const text = (description: string, example?: string): TSchema =>
  Type.String({ description, ...(example === undefined ? {} : { examples: [example] }) });

const may = (schema: TSchema): TSchema => Type.Optional(schema);

const instant = (description: string): TSchema =>
  Type.String({ format: 'date-time', description, examples: ['2026-03-01T12:00:00.000Z'] });

const count = (description: string): TSchema => Type.Integer({ minimum: 0, description });

const yes = (description: string): TSchema => Type.Boolean({ description });

export const oneOf = (words: readonly string[], description: string): TSchema =>
  Type.Enum([...words], { type: 'string', description });

const list = (item: TSchema, description: string): TSchema => Type.Array(item, { description });

const byName = (value: TSchema, description: string): TSchema =>
  Type.Record(Type.String(), value, { description });

/** Open: members may be added later. */
const row = (title: string, description: string, members: TProperties): TSchema =>
  Type.Object(members, { title, description });

export const pageOf = (item: TSchema): TSchema =>
  Type.Object({
    items: Type.Array(item),
    next: may(text('Give it back as `after` for the next page; none on the last.')),
  });

export const transferStates = ['received', 'checked', 'released', 'quarantined'];
export const messageStates = ['accepted', 'rejected', 'held', 'released', 'unrouted'];
export const deliveryStates = ['queued', 'sending', 'sent', 'failed', 'cancelled'];
const answerStates = ['none', 'awaited', 'accepted', 'rejected', 'overdue'];
const documentStates = ['new', 'routed', 'unrouted', 'held'];
const isTest = yes('Test traffic: it never reaches a live destination.');

export const status = row('Status', 'Counts by state, and the connectors in force.', {
  counts: byName(byName(count('Rows in this state.'), 'By state.'), 'By kind of row.'),
  connectors: list(
    Type.Object({
      id: text('Its file name.', 'acme'),
      name: text('As people call it.', 'Acme Retail'),
      role: oneOf(['partner', 'erp'], 'A trading partner, or the ERP.'),
      mode: oneOf(['live', 'test'], 'Whether its documents count.'),
      receiving: yes('Whether its receiver runs.'),
    }),
    'Connectors without faults.',
  ),
});

export const transfer = row('Transfer', 'One arrival.', {
  id: text('Its id.'),
  connector: text('Who brought it.', 'acme'),
  transport: text('How it came.', 'directory'),
  key: text('What a repeat of it is known by.'),
  headers: byName(Type.String(), 'Facts of the transport; never credentials.'),
  state: oneOf(transferStates, 'How far it is.'),
  receivedAt: instant('When it was stored.'),
  isTest,
  reason: may(text('Why it is quarantined.')),
  parts: list(
    Type.Object({
      index: count('Its place, for the download.'),
      name: text('As the sender named it.', '850.x12'),
      contentType: text('As the sender said.'),
      digest: text('SHA-256 of its bytes, hexadecimal.'),
      size: count('Bytes.'),
    }),
    'Its parts.',
  ),
});

export const message = row('Message', 'One message of a transfer, and what became of it.', {
  transfer: text('Its transfer.'),
  index: count('Its place in the transfer.'),
  message: text('What it is.', 'x12/004010/850'),
  control: text('Its control number.', '0001'),
  partner: may(text('Whose message it is.', 'acme')),
  state: oneOf(messageStates, 'What became of it.'),
  start: count('First byte in its part.'),
  end: count('The byte after its last.'),
  findings: count('How many findings it has.'),
  document: may(text('The document that was read from it.')),
});

const documentMembers = {
  id: text('Its id.'),
  kind: text('Which kind of document.', 'order'),
  number: text('The number its sender gave it.', '4711'),
  partner: may(text('The partner it is from or for.', 'acme')),
  connector: text('Who brought it.', 'acme'),
  state: oneOf(documentStates, 'Whether destinations were found.'),
  isTest,
  transfer: text('The transfer it was read from.'),
  messageIndex: count('The message it was read from, or answers.'),
  isOurs: yes('Whether the hub made it, to tell who sent that message what became of it.'),
  at: instant('When it was read.'),
  made: byName(
    Type.String(),
    'Digests of mapping, tables, connector: so that it can be made again.',
  ),
  references: list(
    Type.Object({
      type: text('Kind of document.', 'order'),
      id: text('Its number.', '4711'),
      partner: text('With whom.', 'acme'),
    }),
    'What ties it to other documents.',
  ),
};

export const documentRow = row(
  'Document',
  'One canonical document, without its content.',
  documentMembers,
);

export const document = row('Document with content', 'One canonical document.', {
  ...documentMembers,
  document: Type.Object({}, { description: 'The document itself: docs/reference/documents.md.' }),
});

const attempt = Type.Object({
  number: count('Counts from 1.'),
  startedAt: instant('When it began.'),
  endedAt: may(instant('When it ended.')),
  outcome: oneOf(
    ['sending', 'sent', 'transient', 'ambiguous', 'permanent', 'lost'],
    'How it ended.',
  ),
  text: may(text('What happened, for people.', '201 Created')),
});

const outbound = Type.Object({
  id: text('Its id.'),
  message: text('What it is.', 'x12/004010/810'),
  standard: text('Its standard.', 'x12'),
  interchange: text('Control number of its interchange.'),
  group: may(text('Control number of its group.')),
  control: text('Its own control number.'),
  state: oneOf(answerStates, 'What the other side said.'),
  dueAt: may(instant('When its acknowledgement is overdue.')),
  answeredBy: may(text('The transfer that answered it.')),
  answer: may(text('Their code and words.')),
});

const deliveryMembers = {
  id: text('Its id; also its Idempotency-Key.'),
  partner: text('Who it is for.', 'acme'),
  connector: text('Who carries it.', 'acme'),
  transport: text('How it goes.', 'directory'),
  state: oneOf(deliveryStates, 'What we did.'),
  kind: oneOf(['document', 'acknowledgement'], 'What it carries.'),
  messageType: text('What it is.', 'x12/004010/810'),
  isTest,
  document: may(text('The document it carries.')),
  transfer: may(text('The transfer it answers or came from.')),
  fileName: text('Its name for people.'),
  digest: text('SHA-256 of its bytes, hexadecimal.'),
  size: count('Bytes.'),
  createdAt: instant('When it was written.'),
  nextAt: may(instant('When it is tried next.')),
  sentAt: may(instant('When it was sent.')),
  remoteId: may(text('Their id of it.')),
  text: may(text('Words of the last attempt.')),
  reissuedAs: may(text('The delivery written anew in its place, after a rejection.')),
  attempts: list(attempt, 'Its attempts.'),
  messages: list(outbound, 'Its messages, with what the other side said of them.'),
};

export const delivery = row('Delivery', 'One payload to one destination.', deliveryMembers);

export const finding = row('Finding', 'A fault or remark about data.', {
  id: text('Its id.'),
  code: oneOf(Object.keys(findingCatalogue), 'See docs/reference/codes.md.'),
  severity: oneOf(['error', 'warning', 'info'], 'An error keeps a message from going on.'),
  fault: oneOf(['partner', 'mapping', 'erp', 'transport', 'hub'], 'Who has to act.'),
  place: Type.Object(
    { path: text('As people write it.', 'ST 0001 / PO1[3] / PO102') },
    { description: 'Where, with `start` and `end` in bytes where they are known.' },
  ),
  text: text('What is wrong and what to do.'),
  value: may(text('The value, cut to 200 characters.')),
  transfer: may(text('The transfer it is about.')),
  messageIndex: may(count('The message of the transfer.')),
  document: may(text('The document it is about.')),
  delivery: may(text('The delivery it is about.')),
  at: instant('When it was found.'),
});

export const deliveryWithFindings = row('Delivery with findings', 'One delivery in full.', {
  ...deliveryMembers,
  findings: list(
    finding,
    'The first hundred: why it failed, and which element, field and mapping line a partner rejects.',
  ),
});

export const event = row('Event', 'One change of one state.', {
  id: text('Its id.'),
  at: instant('When.'),
  what: text('What happened.', 'delivery.sent'),
  subject: text('Id of what it happened to.'),
  text: text('Words for people.'),
});

export const lifecycle = row('Lifecycle', 'Where one order stands.', {
  partner: text('Whose order.', 'acme'),
  order: text('Its number.', '4711'),
  documents: list(
    Type.Object({
      id: text('Id of the document.'),
      kind: text('Which kind.', 'invoice'),
      number: text('Its number.'),
      at: instant('When it was read.'),
      delivery: may(text('The delivery that carried it on.')),
      state: may(oneOf(deliveryStates, 'What we did.')),
      answer: may(oneOf(answerStates, 'What the other side said.')),
    }),
    'Its documents in order of time.',
  ),
});

export const replayed = row('Replayed', 'What was put back to work.', {
  messages: count('Messages that are read again.'),
  documents: count('Documents that are routed again.'),
  recheck: yes('Whether the whole transfer is checked again.'),
});

export const reloaded = row('Reloaded', 'What a reload found.', {
  applied: yes('False: there are faults, and nothing changed.'),
  connectors: count('How many there are.'),
  faults: list(Type.String(), 'Every fault with file and line.'),
});

export const key = row('Key', 'An API key, never the key itself.', {
  id: text('Its id.'),
  name: text('As people call it.', 'admin'),
  role: text('`admin`, `read`, or a connector’s id: may post for it.', 'admin'),
  createdAt: instant('When it was made.'),
});

export const problem = Type.Object(
  {
    type: oneOf(
      Object.keys(errorCatalogue).map((code) => `urn:tradelane:error:${code}`),
      'Which error: docs/reference/codes.md.',
    ),
    title: text('What it means.'),
    status: Type.Integer({ description: 'The HTTP status.' }),
    detail: text('What went wrong here, and what to do.'),
    code: oneOf(Object.keys(errorCatalogue), 'The end of its type.'),
  },
  { title: 'Problem', description: 'RFC 9457.' },
);
