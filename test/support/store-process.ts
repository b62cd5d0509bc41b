/**
 * A hub's store in a process of its own, to be killed: takes orders through the walk for ever and
 * says on standard output what it was told is stored. Arguments: the database file.
 */
import { stores } from '../../src/store/index.ts';
import { at, checked, claimRequest, delivery, ids, payload, sent, verdict } from './store-cases.ts';

const [file = ''] = process.argv.slice(2);
const makeId = ids();
const store = await stores.sqlite({ file, makeId, now: () => at(0) });
process.stdout.write('open\n');

const sender = async (): Promise<never> => {
  for (;;) {
    const id = makeId();
    const blob = await store.stage(payload(id, 3000), 10_000);
    const parts = [{ name: 'order', contentType: 'text/plain', blob }];
    const from = { connector: 'acme', transport: 'http', key: id, headers: {}, at: at(0) };
    await store.accept({ id, parts, ...from });
    process.stdout.write(`accepted ${id}\n`);
    const acknowledgement = delivery(makeId(), { kind: 'acknowledgement', transfer: id });
    await store.recordVerdict(
      verdict(id, { messages: [checked(0)], acknowledgements: [acknowledgement] }),
    );
    process.stdout.write(`checked ${id}\n`);
    for (const { id, token } of await store.claim(claimRequest({ limit: 1, concurrency: 99 }))) {
      await store.settle(id, token, sent, at(11));
      process.stdout.write(`sent ${id}\n`);
    }
  }
};

/** A large body that is always on its way when the process dies. */
const uploader = async (): Promise<never> => {
  for (;;) await store.stage(payload(makeId(), 2_000_000), 10_000_000);
};

await Promise.race([uploader(), ...Array.from({ length: 8 }, sender)]);
