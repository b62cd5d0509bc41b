/**
 * Every CONTRL that we write is clean under our own reader: of the golden inputs, and of real files
 * (CORPUS_DIR). Where none can be written, something says what is missing.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { answeringBy } from '../../src/cli/acknowledge-choice.ts';
import { workbench } from '../../src/cli/workbench.ts';
import { writeAcknowledgements } from '../../src/cli/write-interchange.ts';
import { contrlOutcome } from '../../src/hub/contrl-outcome.ts';
import type { ExaminedInterchange } from '../../src/hub/examine.ts';
import { envelopeFindings, inspect } from '../../src/hub/inspect.ts';
import type { Finding } from '../../src/model/finding.ts';
import { contrlGap } from '../../src/standards/acknowledge/contrl-gap.ts';
import { isAcknowledgement } from '../../src/standards/acknowledge/kinds.ts';
import { bytesOf, ediFiles } from '../support/corpus.ts';

const golden = join(import.meta.dirname, '..', 'golden');
const inputs = ['decode', 'bad-input', 'check'].flatMap((suite) =>
  readdirSync(join(golden, suite)).flatMap((name) => {
    const folder = join(golden, suite, name);
    return readdirSync(folder)
      .filter((file) => /\.(edi|x12)$/.test(file))
      .map((file) => ({ name: `${suite}/${name}`, bytes: readFileSync(join(folder, file)) }));
  }),
);
const bench = workbench({
  stdin: (async function* () {})(),
  out: async () => {},
  err: () => {},
  isTerminal: false,
  env: {},
  root: join(import.meta.dirname, '..', '..'),
});
const always = answeringBy(new Set(['CONTRL']), undefined);

interface Read {
  readonly interchanges: readonly ExaminedInterchange[];
  readonly findings: readonly string[];
}

async function read(bytes: Uint8Array): Promise<Read> {
  const findings: Finding[] = [];
  const inspected = await inspect({
    parts: bench,
    bytes: (async function* () {
      yield bytes;
    })(),
    connector: undefined,
    messageType: undefined,
    now: bench.clock.now(),
    onMessage: (message) => findings.push(...message.findings),
    onInterchangeEnd: (interchange) => findings.push(...envelopeFindings(interchange)),
  });
  findings.push(...inspected.findings);
  const { interchanges } = inspected;
  return { interchanges, findings: findings.map(({ code, text }) => `${code}: ${text}`) };
}

/** Whether anything of it may be acknowledged at all: not what only acknowledges. */
const isAnswerable = ({ groups }: ExaminedInterchange): boolean =>
  groups.some(({ outcomes }) => outcomes.some(({ type }) => !isAcknowledgement(type)));

async function faultsOfAnswers(bytes: Uint8Array): Promise<readonly string[]> {
  const { interchanges } = await read(bytes);
  const faults: string[] = [];
  for (const interchange of interchanges) {
    if (interchange.envelope.standard !== 'edifact') continue;
    const answers = writeAcknowledgements(bench, interchange, always, () => 1);
    for (const answer of answers) {
      const { findings } = await read(answer);
      faults.push(...findings.map((it) => `${it} in ${Buffer.from(answer).toString('latin1')}`));
    }
    if (answers.length > 0 || !isAnswerable(interchange)) continue;
    if (contrlGap(contrlOutcome(interchange)) === undefined) faults.push('no CONTRL, and no gap');
  }
  return faults;
}

describe('each CONTRL that we write', () => {
  it('is clean under our own reader: of the golden inputs', async () => {
    for (const { name, bytes } of inputs) {
      expect(await faultsOfAnswers(bytes), name).to.deep.equal([]);
    }
  });

  it('is clean under our own reader: of real files', async function () {
    const files = ediFiles();
    if (files.length === 0) {
      console.log('      skipped: CORPUS_DIR names no folder with X12 and EDIFACT files');
      this.skip();
    }
    this.timeout(120_000);
    for (const file of files) {
      expect(await faultsOfAnswers(bytesOf(file)), file.file).to.deep.equal([]);
    }
  });
});
