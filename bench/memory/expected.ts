/** What must come out: each message in an interchange of its own, read and written by itself. */
import { type Workbench, workbench } from '../../src/cli/workbench.ts';
import type { Document } from '../../src/documents/document.ts';
import { contextConnector } from '../../src/hub/context.ts';
import { inspect, readExamined } from '../../src/hub/inspect.ts';
import { planDelivery } from '../../src/hub/write.ts';
import { type GenerateOptions, stream850s } from '../generate.ts';
import { type Tally, Tallying } from './tally.ts';

export interface Expected {
  /** Canonical documents, as `read` prints them. */
  readonly documents: Tally;
  /** What the ERP gets. */
  readonly payloads: Tally;
}

const now = '2026-03-01T12:00:00.000Z';

export async function expected(root: string, order: GenerateOptions): Promise<Expected> {
  const { env } = process;
  const bench = workbench({ root, env, isTerminal: false } as Parameters<typeof workbench>[0]);
  const documents = new Tallying();
  const payloads = new Tallying();
  for (const interchange of alone(order)) {
    const document = await readOne(bench, interchange);
    documents.add(JSON.stringify(document));
    payloads.add(writeOne(bench, document));
  }
  return { documents: documents.end(), payloads: payloads.end() };
}

/** The messages of the interchange, each in its envelope. */
function* alone(order: GenerateOptions): Generator<Buffer> {
  let head: string | undefined;
  let rest = '';
  for (const block of stream850s(order)) {
    rest += block.toString('latin1');
    head ??= rest.slice(0, rest.indexOf('~ST*') + 1);
    for (let at = rest.indexOf('ST*'); at >= 0; at = rest.indexOf('ST*')) {
      const trailer = rest.indexOf('~SE*', at);
      const end = trailer < 0 ? -1 : rest.indexOf('~', trailer + 1);
      if (end < 0) break;
      yield Buffer.from(`${head}${rest.slice(at, end + 1)}GE*1*1~IEA*1*000000001~`, 'latin1');
      rest = rest.slice(end + 1);
    }
  }
}

async function readOne(bench: Workbench, interchange: Buffer): Promise<Document> {
  let document: Document | undefined;
  await inspect({
    parts: bench,
    bytes: (async function* () {
      yield interchange;
    })(),
    connector: undefined,
    messageType: undefined,
    now,
    onMessage: (examined) => {
      document = readExamined(bench.setup(), examined, { now })?.document;
    },
  });
  if (document === undefined) throw new Error(`not read: ${interchange.toString('latin1')}`);
  return document;
}

function writeOne(bench: Workbench, document: Document): Uint8Array {
  const setup = bench.setup();
  const erp = setup.connector('erp');
  const acme = setup.connector('acme');
  const agreement = erp?.outbound[0];
  if (erp === undefined || acme === undefined || agreement === undefined) throw new Error('no ERP');
  const { content } = setup.mappings.get(agreement.mapping).write(document, {
    connector: contextConnector(setup, erp),
    partner: contextConnector(setup, acme),
    agreement: agreement.values,
    now,
    zone: erp.zone,
  });
  return planDelivery(bench, {
    id: 'expected',
    partner: erp,
    type: agreement.message,
    content,
    kind: 'document',
    isTest: false,
    agreement,
    like: undefined,
    document: undefined,
    transfer: undefined,
    reply: false,
  }).write([]).bytes;
}
