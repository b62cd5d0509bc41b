/** Two independent parsers read the same segments on every well-formed file that they can read. */
import { expect } from 'chai';
import type { Syntax } from '../../src/model/envelope.ts';
import { conformanceTable } from '../support/conformance-page.ts';
import { bytesOf, type CorpusFile, corpusFolder, decode, ediFiles } from '../support/corpus.ts';
import {
  edifactLines,
  type Line,
  messageLines,
  ownLines,
  x12ParserLines,
} from '../support/witnesses.ts';

const witnesses = [
  { name: 'x12-parser', standard: 'x12', read: x12ParserLines },
  { name: 'edifact', standard: 'edifact', read: async (bytes: Buffer) => edifactLines(bytes) },
];

describe('conformance: witnesses', function () {
  this.timeout(120_000);

  before(function () {
    if (corpusFolder !== undefined) return;
    console.log('    CORPUS_DIR is not set: the corpus of real files is skipped');
    this.skip();
  });

  it('reads as they do, but for the files listed with their reason', async () => {
    const otherwise: string[] = [];
    const figures: string[][] = [];
    for (const { name, standard, read } of witnesses) {
      const files = ediFiles().filter((it) => it.standard === standard && isWellFormed(it));
      const answers = await Promise.all(files.map((file) => compare(file, read)));
      const count = (answer: Answer): string => `${answers.filter((it) => it === answer).length}`;
      figures.push([name, `${files.length}`, count('cannot read'), count('otherwise')]);
      otherwise.push(...files.filter((_, at) => answers[at] === 'otherwise').map((it) => it.file));
    }
    expect(otherwise.sort()).to.deep.equal(
      conformanceTable('Files that a witness reads otherwise')
        .map(([file]) => file)
        .sort(),
    );
    expect(figures).to.deep.equal(conformanceTable('Witnesses'));
  });
});

const isWellFormed = ({ status }: CorpusFile): boolean =>
  status === 'valid' || status === 'lenient';

type Answer = 'same' | 'otherwise' | 'cannot read';

async function compare(
  file: CorpusFile,
  read: (bytes: Buffer) => Promise<readonly Line[]>,
): Promise<Answer> {
  const bytes = bytesOf(file);
  const theirs = await read(bytes).catch(() => undefined);
  if (theirs === undefined) return 'cannot read';
  const own: Line[] = [];
  let syntax: Syntax | undefined;
  decode(bytes, file.standard, (event) => {
    if (event.is === 'interchange') syntax = event.envelope.syntax;
    if (event.is === 'message' && syntax !== undefined)
      own.push(...ownLines(event.message, syntax));
  });
  if (syntax === undefined) return 'otherwise';
  const isSame = JSON.stringify(own) === JSON.stringify(messageLines(theirs, syntax));
  return isSame ? 'same' : 'otherwise';
}
