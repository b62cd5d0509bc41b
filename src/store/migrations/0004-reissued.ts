/** What was written anew names what took its place, and is no longer listed as rejected. */
import type { Migration } from './migration.ts';

export const reissued: Migration = {
  number: 4,
  name: 'reissued',
  statements: () => ['alter table delivery add column reissued_as text references delivery (id)'],
};
