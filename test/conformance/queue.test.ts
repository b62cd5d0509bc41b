/** What every queue must do. A new queue joins by a line in src/queue/index.ts. */
import { expect } from 'chai';
import type { Queue } from '../../src/model/queue.ts';
import { queues } from '../../src/queue/index.ts';

/** A handler that ends when the test says so. */
interface Held {
  readonly begun: string[];
  readonly handler: (id: string) => Promise<void>;
  /** Resolves when `count` runs have begun in all. */
  begins(count: number): Promise<void>;
  end(id: string): void;
}

function held(): Held {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const waiting: { count: number; resolve: () => void }[] = [];
  return {
    begun,
    handler: (id) => {
      begun.push(id);
      for (const { count, resolve } of waiting) if (begun.length >= count) resolve();
      return new Promise((resolve) => ends.set(id, resolve));
    },
    begins: (count) =>
      new Promise((resolve) => {
        if (begun.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
    end: (id) => ends.get(id)?.(),
  };
}

for (const [name, open] of Object.entries(queues)) {
  describe(`queue ${name}`, () => {
    let queue: Queue;
    let errors: unknown[];
    beforeEach(() => {
      errors = [];
      queue = open({ onError: (error, topic, id) => errors.push([error, topic, id]) });
    });
    afterEach(() => queue.stop());

    it('works on what was woken, in order, also when it was woken before anyone listened', async () => {
      const done: string[] = [];
      for (const id of ['c', 'a', 'b']) queue.wake('check', id);
      expect(queue.waiting('check')).to.equal(3);
      queue.process('check', 1, async (id) => void done.push(id));
      await queue.idle();
      expect(done).to.deep.equal(['c', 'a', 'b']);
      expect(queue.waiting('check')).to.equal(0);
    });

    it('never runs what it woke in the call that woke it', async () => {
      const done: string[] = [];
      queue.process('check', 1, async (id) => void done.push(id));
      queue.wake('check', 'a');
      expect(done).to.deep.equal([]);
      await queue.idle();
      expect(done).to.deep.equal(['a']);
    });

    it('keeps an id that waits once', async () => {
      const done: string[] = [];
      queue.wake('check', 'a');
      queue.wake('check', 'a');
      queue.process('check', 2, async (id) => void done.push(id));
      await queue.idle();
      expect(done).to.deep.equal(['a']);
    });

    it('runs an id once more when it was woken while it ran, and never twice at a time', async () => {
      const work = held();
      queue.process('deliver', 4, work.handler);
      queue.wake('deliver', 'a');
      await work.begins(1);
      for (let n = 0; n < 3; n += 1) queue.wake('deliver', 'a');
      queue.wake('deliver', 'b');
      await work.begins(2);
      expect(work.begun).to.deep.equal(['a', 'b']);
      work.end('a');
      await work.begins(3);
      expect(work.begun).to.deep.equal(['a', 'b', 'a']);
      work.end('a');
      work.end('b');
      await queue.idle();
      expect(work.begun).to.have.length(3);
    });

    it('keeps to the concurrency of each topic', async () => {
      const [checks, routes] = [held(), held()];
      queue.process('check', 2, checks.handler);
      queue.process('route', 1, routes.handler);
      for (const id of ['a', 'b', 'c']) queue.wake('check', id);
      for (const id of ['a', 'b']) queue.wake('route', id);
      await Promise.all([checks.begins(2), routes.begins(1)]);
      expect(checks.begun).to.deep.equal(['a', 'b']);
      expect(routes.begun).to.deep.equal(['a']);
      expect(queue.waiting('check')).to.equal(1);
      checks.end('b');
      await checks.begins(3);
      expect(checks.begun).to.deep.equal(['a', 'b', 'c']);
      for (const id of ['a', 'c']) checks.end(id);
      routes.end('a');
      await routes.begins(2);
      routes.end('b');
      await queue.idle();
    });

    it('reports what a handler throws, and goes on', async () => {
      const done: string[] = [];
      queue.process('check', 1, async (id) => {
        if (id === 'bad') throw new Error('no');
        done.push(id);
      });
      for (const id of ['bad', 'good']) queue.wake('check', id);
      await queue.idle();
      expect(done).to.deep.equal(['good']);
      expect(errors).to.have.length(1);
      expect(errors[0]).to.deep.include('check').and.include('bad');
    });

    it('stops when what has begun has ended, and takes nothing more', async () => {
      const work = held();
      queue.process('check', 1, work.handler);
      queue.wake('check', 'a');
      queue.wake('check', 'b');
      await work.begins(1);
      let stopped = false;
      const stopping = queue.stop().then(() => {
        stopped = true;
      });
      queue.wake('check', 'c');
      await new Promise((resolve) => setImmediate(resolve));
      expect(stopped).to.equal(false);
      work.end('a');
      await stopping;
      expect(work.begun).to.deep.equal(['a']);
    });

    it('is idle when nothing was ever woken', () => queue.idle());
  });
}
