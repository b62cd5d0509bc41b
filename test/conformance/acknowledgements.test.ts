/**
 * Every acknowledgement that we write is clean under our own reader: of the golden inputs, and of
 * real files (CORPUS_DIR). Where no CONTRL can be written, something says what is missing.
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
import { isHubError } from '../../src/model/errors.ts';
import type { Finding } from '../../src/model/finding.ts';
import { contrlGap } from '../../src/standards/acknowledge/contrl-gap.ts';
import { isAcknowledgement } from '../../src/standards/acknowledge/kinds.ts';
import { bytesOf, ediFiles } from '../support/corpus.ts';

/** Interchanges of real files whose own numbers hold what X12 cannot carry. */
const REFUSED_MAX = 10;

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
/** Several, each with a number of its own. */
const x12Answers = [new Set(['TA1', '997']), new Set(['TA1', '999'])];

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

/** What is repeated from their envelopes is theirs, and their version may not be installed. */
const isRepeated =
  /^(version-stands-in|element-[a-z-]+: (AK[12]0[123]|TA10[123]) |envelope-[a-z]+: ISA0[5-8] )/;

/** `refused` counts what cannot be repeated in X12: a separator in a control number. */
async function faultsOfX12(bytes: Uint8Array, refused: string[]): Promise<readonly string[]> {
  const { interchanges } = await read(bytes);
  const faults: string[] = [];
  for (const interchange of interchanges) {
    if (interchange.envelope.standard !== 'x12') continue;
    for (const chosen of x12Answers) {
      try {
        const answers = writeAcknowledgements(
          ...([bench, interchange, answeringBy(chosen, undefined), numbers()] as const),
        );
        for (const answer of answers) {
          const { findings } = await read(answer);
          const own = findings.filter((it) => !isRepeated.test(it));
          faults.push(...own.map((it) => `${it} in ${Buffer.from(answer).toString('latin1')}`));
        }
      } catch (error) {
        if (!isHubError(error) || error.code !== 'cannot-encode') throw error;
        refused.push(error.message);
      }
    }
  }
  return faults;
}

const numbers = (): (() => number) => {
  let last = 0;
  return () => ++last;
};

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

describe('each TA1, 997 and 999 that we write', () => {
  it('is clean under our own reader: of the golden inputs', async () => {
    for (const { name, bytes } of inputs) {
      expect(await faultsOfX12(bytes, []), name).to.deep.equal([]);
    }
  });

  it('is clean under our own reader: of real files', async function () {
    const files = ediFiles();
    if (files.length === 0) {
      console.log('      skipped: CORPUS_DIR names no folder with X12 and EDIFACT files');
      this.skip();
    }
    this.timeout(240_000);
    const refused: string[] = [];
    for (const file of files) {
      expect(await faultsOfX12(bytesOf(file), refused), file.file).to.deep.equal([]);
    }
    expect(refused.length).to.be.at.most(REFUSED_MAX);
  });
});
