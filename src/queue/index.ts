/** The queues: each passes test/conformance/queue.test.ts. */
import { embeddedQueue } from './embedded.ts';

export const queues = { embedded: embeddedQueue } as const;
