/** What every store must do. A new store joins by a line in src/store/index.ts. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '../../src/model/store.ts';
import type { MakeId } from '../../src/model/time.ts';
import { stores } from '../../src/store/index.ts';
import { at, ids } from '../support/store-cases.ts';
import { answering } from './store/answering.ts';
import { checking } from './store/checking.ts';
import { claiming } from './store/claiming.ts';
import { controlling } from './store/controlling.ts';
import { numbering } from './store/numbering.ts';
import { onward } from './store/onward.ts';
import { reading } from './store/reading.ts';
import { receiving } from './store/receiving.ts';
import { releasing } from './store/releasing.ts';
import { responding } from './store/responding.ts';
import { watching } from './store/watching.ts';

const suites = [
  receiving,
  checking,
  releasing,
  responding,
  onward,
  numbering,
  claiming,
  answering,
  watching,
  controlling,
  reading,
];

for (const [name, open] of Object.entries(stores)) {
  describe(`store ${name}`, () => {
    let folder: string;
    let store: Store;
    let makeId: MakeId;
    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'tradelane-store-'));
      makeId = ids();
      store = await open({ file: join(folder, 'hub.db'), makeId, now: () => at(0) });
    });
    afterEach(async () => {
      await store.close();
      rmSync(folder, { recursive: true });
    });
    const bench = {
      get store() {
        return store;
      },
      makeId: () => makeId(),
    };
    for (const suite of suites) suite(bench);
  });
}
