/** What partners rejected or left unanswered is listed without a search of all that was sent. */
import type { Migration } from './migration.ts';

const condition = "state = 'rejected' or state = 'overdue'";

export const unhappyAnswers: Migration = {
  number: 2,
  name: 'unhappy answers',
  statements: () => [
    // Not "in": SQLite uses the index only where it can prove that the condition holds.
    `create index outbound_unhappy on outbound (state, delivery) where ${condition}`,
  ],
};
