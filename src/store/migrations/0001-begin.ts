import type { Migration } from './migration.ts';

/** The first schema. */
export const begin: Migration = {
  number: 1,
  name: 'begin',
  statements: ({ bytes, seq, plain, tally }) => [
    `create table blob (seq ${seq}, digest text unique, staging text, size bigint not null)`,
    'create unique index blob_staging on blob (staging) where staging is not null',
    `create table chunk (id bigint primary key, bytes ${bytes} not null)`,

    `create table transfer (
      seq ${seq}, id text not null unique, connector text not null, transport text not null,
      key text not null, digest text not null, headers text not null, state text not null,
      is_test integer not null, reason text, received_at text not null,
      unique (connector, key, digest))`,
    'create index transfer_state on transfer (state, seq)',
    'create index transfer_connector on transfer (connector, seq)',
    `create table part (
      transfer text not null references transfer (id), idx integer not null, name text not null,
      content_type text not null, digest text not null references blob (digest),
      size bigint not null, primary key (transfer, idx)) ${plain}`,

    `create table interchange (
      transfer text not null references transfer (id), idx integer not null,
      part integer not null, standard text not null, sender text not null, receiver text not null,
      control text not null, envelope text not null, end_byte bigint not null,
      state text not null, partner text, messages integer not null, received_at text not null,
      primary key (transfer, idx)) ${plain}`,
    'create index interchange_seen on interchange (standard, sender, receiver, control, received_at)',
    `create table functional_group (
      transfer text not null references transfer (id), interchange integer not null,
      idx integer not null, envelope text not null, state text not null,
      messages integer not null, accepted integer not null,
      primary key (transfer, interchange, idx)) ${plain}`,
    `create table message (
      transfer text not null references transfer (id), idx integer not null,
      part integer not null, interchange integer not null, functional_group integer not null,
      message text not null, association text, control text not null, start_byte bigint not null,
      end_byte bigint not null, partner text, mapping text, state text not null,
      findings integer not null, document text, primary key (transfer, idx)) ${plain}`,
    'create index message_state on message (state, transfer, idx)',

    `create table document (
      seq ${seq}, id text not null unique, kind text not null, number text not null, partner text,
      is_test integer not null, body text not null, made text not null, state text not null,
      transfer text not null references transfer (id), message_index integer not null,
      connector text not null, at text not null, unique (transfer, message_index))`,
    'create index document_number on document (kind, number, seq)',
    'create index document_partner on document (partner, seq)',
    "create index document_new on document (transfer, seq) where state = 'new'",
    `create table document_reference (
      document text not null references document (id), type text not null, id text not null,
      partner text not null, primary key (document, type, id, partner)) ${plain}`,
    'create index document_reference_to on document_reference (type, id, partner, document)',
    `create table lifecycle (
      seq ${seq}, partner text not null, order_number text not null, unique (partner, order_number))`,
    'create index lifecycle_order on lifecycle (order_number, seq)',

    `create table counter (
      standard text not null, us text not null, them text not null, is_test integer not null,
      level text not null, value bigint not null,
      primary key (standard, us, them, is_test, level)) ${plain}`,

    `create table delivery (
      seq ${seq}, id text not null unique, partner text not null, connector text not null,
      transport text not null, is_test integer not null, kind text not null,
      serial integer not null, message_type text not null, content_type text not null,
      document text references document (id), transfer text references transfer (id),
      file_name text not null, digest text not null references blob (digest),
      size bigint not null, state text not null, created_at text not null, next_at text,
      sent_at text, remote_id text, text text, token integer not null, lease_until text,
      unsure integer not null,
      line text generated always as
        (case when transport <> 'reply' and state in ('queued', 'sending') then connector end)
        stored)`,
    'create index delivery_state on delivery (state, seq)',
    'create index delivery_connector on delivery (connector, seq)',
    `create index delivery_line on delivery (line, state, seq, next_at, serial, lease_until)
      where line is not null`,
    'create index delivery_due on delivery (line, state, next_at) where line is not null',
    'create index delivery_serial on delivery (line, serial, state, seq) where serial = 1',
    'create index delivery_transfer on delivery (transfer, seq) where transfer is not null',
    'create index delivery_document on delivery (document, seq) where document is not null',
    `create table attempt (
      delivery text not null references delivery (id), number integer not null,
      started_at text not null, ended_at text, outcome text not null, text text,
      primary key (delivery, number)) ${plain}`,
    `create table outbound (
      seq ${seq}, delivery text not null references delivery (id), message text not null,
      standard text not null, interchange text not null, functional_group text,
      control text not null, state text not null, due_at text, answered_by text, answer text,
      answer_level integer not null)`,
    'create index outbound_delivery on outbound (delivery, seq)',
    // Partners write control numbers with and without their leading zeros.
    "create index outbound_interchange on outbound (ltrim(interchange, '0'), standard)",
    "create index outbound_group on outbound (ltrim(functional_group, '0'), standard)",
    "create index outbound_due on outbound (due_at) where state = 'awaited' and due_at is not null",

    `create table finding (
      seq ${seq}, transfer text references transfer (id), message_index integer,
      document text references document (id), delivery text references delivery (id),
      code text not null, severity text not null, fault text not null, place text not null,
      text text not null, value text, at text not null)`,
    'create index finding_transfer on finding (transfer, seq) where transfer is not null',
    'create index finding_document on finding (document, seq) where document is not null',
    'create index finding_delivery on finding (delivery, seq) where delivery is not null',
    'create index finding_code on finding (code, seq)',
    `create table event (
      seq ${seq}, at text not null, what text not null, subject text not null, text text not null)`,
    'create index event_subject on event (subject, seq)',
    `create table api_key (
      id text primary key, name text not null, hash text not null unique, role text not null,
      created_at text not null)`,

    `create table tally (
      what text not null, state text not null, rows bigint not null, primary key (what, state))
      ${plain}`,
    ...['transfer', 'message', 'document', 'delivery', 'outbound'].flatMap(tally),
  ],
};
