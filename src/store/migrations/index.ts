/** All steps in order. A change of the schema is a new file and a line here. */
import { begin } from './0001-begin.ts';
import { unhappyAnswers } from './0002-unhappy-answers.ts';
import { duplicates } from './0003-duplicates.ts';
import { reissued } from './0004-reissued.ts';
import type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [begin, unhappyAnswers, duplicates, reissued];
