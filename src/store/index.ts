/** The stores: each opens on options of its own and passes test/conformance/store.test.ts. */
import { openSqliteStore } from './sqlite.ts';

export const stores = { sqlite: openSqliteStore } as const;
