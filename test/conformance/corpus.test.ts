/**
 * The corpus of real files, held against docs/conformance.md: what is not as it should be stands
 * there with its reason, file by file, and nothing else may.
 */
import { expect } from 'chai';
import { isError } from '../../src/model/finding.ts';
import { conformanceTable as tableOf } from '../support/conformance-page.ts';
import { bytesOf, type CorpusFile, corpusFolder, ediFiles, examine } from '../support/corpus.ts';
import { saysFault } from '../support/corpus-faults.ts';

const results = new Map<string, ReturnType<typeof examine>>();

/** Each file is read once for all tests. */
function resultOf(file: CorpusFile): ReturnType<typeof examine> {
  const known = results.get(file.file) ?? examine(bytesOf(file), file.standard);
  results.set(file.file, known);
  return known;
}

describe('conformance: the corpus', function () {
  this.timeout(120_000);

  before(function () {
    if (corpusFolder !== undefined) return;
    console.log('    CORPUS_DIR is not set: the corpus of real files is skipped');
    this.skip();
  });

  it('reads every file without an exception, within two seconds and one for each megabyte', () => {
    for (const file of ediFiles()) {
      const { milliseconds } = resultOf(file);
      const allowed = 2000 + bytesOf(file).length / 1000;
      expect(milliseconds, file.file).to.be.below(allowed);
    }
  });

  it('finds no error in a valid file that is not listed with its reason', () => {
    const listed = tableOf('Valid files with errors');
    const found = new Map<string, string>();
    for (const file of withStatus('valid')) {
      const codes = codesOf(file);
      if (codes !== '') found.set(file.file, codes);
    }
    expect(rowsOf(found)).to.deep.equal(rowsOf(codesListed(listed)));
    for (const [file, , reason] of listed) expect(reason, file).to.have.length.above(10);
  });

  it('names the fault of every malformed file, or says by the list why not', () => {
    const listed = new Set(
      tableOf('Faults that are not told').map(([file, fault]) => `${file}: ${fault}`),
    );
    const untold = withStatus('malformed').flatMap((file) =>
      file.faults
        .filter((fault) => !saysFault(resultOf(file).findings, fault))
        .map((fault) => `${file.file}: ${fault}`),
    );
    expect([...new Set(untold)].sort()).to.deep.equal([...listed].sort());
  });

  it('has something to say of every malformed file', () => {
    for (const file of withStatus('malformed')) {
      const { findings } = resultOf(file);
      expect(
        findings.filter(({ severity }) => severity !== 'info'),
        file.file,
      ).not.to.be.empty;
    }
  });

  it('has the figures of the page', () => {
    const figures = ['valid', 'malformed', 'lenient', 'suspect', 'fragment'].flatMap((status) =>
      ['x12', 'edifact'].map((standard) => figuresOf(standard, status)),
    );
    expect(tableOf('Figures')).to.deep.equal(figures.filter(([, , files]) => files !== '0'));
  });
});

const withStatus = (status: string): readonly CorpusFile[] =>
  ediFiles().filter((it) => it.status === status);

/** The codes of a file's errors, once each, as the page has them. */
function codesOf(file: CorpusFile): string {
  const codes = resultOf(file)
    .findings.filter(isError)
    .map(({ code }) => code);
  return [...new Set(codes)].sort().join(' ');
}

function figuresOf(standard: string, status: string): readonly string[] {
  const files = withStatus(status).filter((it) => it.standard === standard);
  const results = files.map(resultOf);
  const messages = results.reduce((sum, { messages }) => sum + messages, 0);
  const notInstalled = results.reduce((sum, { notInstalled }) => sum + notInstalled.length, 0);
  const withErrors = results.filter(({ findings }) => findings.some(isError)).length;
  return [standard, status, ...[files.length, messages, notInstalled, withErrors].map(String)];
}

const codesListed = (rows: readonly (readonly string[])[]): ReadonlyMap<string, string> =>
  new Map(rows.map(([file = '', codes = '']) => [file, codes]));

const rowsOf = (map: ReadonlyMap<string, string>): readonly string[] =>
  [...map].map(([file, codes]) => `${file}: ${codes}`).sort();
