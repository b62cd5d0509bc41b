/** Test and live traffic count apart, and numbers of groups and messages can be asked for. */
import type { Migration } from './migration.ts';

export const duplicates: Migration = {
  number: 3,
  name: 'duplicates',
  statements: ({ plain }) => [
    'alter table interchange add column is_test integer not null default 0',
    `update interchange set is_test = 1 where envelope like '%"isTest":true%'`,
    'drop index interchange_seen',
    `create index interchange_seen on interchange
      (standard, sender, receiver, control, is_test, received_at)`,
    // Only of partners who agreed that such numbers are unique: most begin anew all the time.
    `create table seen_number (
      level text not null, standard text not null, sender text not null, receiver text not null,
      is_test integer not null, scope text not null, control text not null,
      received_at text not null, transfer text not null references transfer (id),
      idx integer not null, digest text not null, start_byte bigint not null,
      end_byte bigint not null,
      primary key (level, standard, sender, receiver, is_test, scope, control, received_at,
        transfer, idx)) ${plain}`,
    'create index seen_number_transfer on seen_number (transfer)',
  ],
};
