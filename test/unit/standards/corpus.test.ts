/**
 * Real files: those that their collection calls valid have no error here, but for what is listed
 * with its reason; all others are read without an exception.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { isError } from '../../../src/model/finding.ts';
import { checkFile } from '../../support/check-file.ts';

/** File, codes of its errors, and why they are right. */
const faulty: Readonly<Record<string, readonly [codes: string, reason: string]>> = {
  'edifact/PRICAT/bots-edi_bots-plugins__pricat1.edi': [
    'element-date',
    'dates are written 30-06-2008 under format 102',
  ],
  'x12/214/jf-tech_omniparser__1_canadapost_edi_214.input.txt': [
    'element-required-by-another',
    'N1 has neither name nor id, L11 no reference',
  ],
  'x12/810/bots-edi_bots-plugins__810_3.x12': [
    'element-required-by-another',
    'IT102 and IT103 without the price IT104 (P020304)',
  ],
  'x12/820+850+997/bots-edi_bots-plugins__mailbag01.x12': [
    'element-required-by-another',
    'DTM05 without DTM06 (P0506)',
  ],
  'x12/820/Inteligenz_X12Parser__Example5_Wikipedia.txt': [
    'element-character element-number element-too-long element-too-short',
    'a blank after ST02, and BPR lacks an element, so that all later ones are shifted',
  ],
  'x12/830/bots-edi_bots-plugins__830-004010UCS-01.x12': [
    'element-character element-number element-required-by-another',
    'lines are broken inside SDQ, and BFR has neither BFR02 nor BFR03',
  ],
  'x12/840/EDIandXML_OBOE__sample.output.840.1': ['segment-not-in-message', '840 has no NTE'],
  'x12/840/EDIandXML_OBOE__sample.output.840.newDelimiters': [
    'segment-not-in-message',
    '840 has no NTE',
  ],
  'x12/840/EDIandXML_OBOE__withTA1TestCase.edi': ['segment-not-in-message', '840 has no NTE'],
  'x12/846/Inteligenz_X12Parser__Example2.txt': [
    'element-excluded element-missing element-too-long element-too-many',
    'data moved to other elements when the file was made anonymous',
  ],
  'x12/850/ballerina-platform_module-ballerina-edi__x12-sender.edi': [
    'element-required-by-another element-too-long',
    'PO106 holds the item, and its qualifier is missing',
  ],
  'x12/856/Inteligenz_X12Parser__Example4.txt': [
    'element-too-long',
    'LOCSTATE was put for a state of two letters',
  ],
  'x12/862/david-blackwood_edifact_rails__ansix12.edi': [
    'element-required-by-another',
    'BSS has neither BSS07 nor BSS08 (R0708)',
  ],
  'x12/865/Inteligenz_X12Parser__FromAdvanceAutoParts.txt': [
    'element-too-long',
    'a date of nine digits',
  ],
  'x12/866/Inteligenz_X12Parser__Sample1.txt': [
    'element-date element-required-by-another element-too-short',
    'a unit of one letter, QTY without a quantity, a date of seven digits',
  ],
  'x12/867/Inteligenz_X12Parser__Example2.txt': ['element-number', 'ITA07 is N2 and has a point'],
  'x12/867/Inteligenz_X12Parser__Example3.txt': ['element-number', 'ITA07 is N2 and has a point'],
  'x12/880/Inteligenz_X12Parser__SimplotExample1.txt': [
    'element-number segment-missing',
    'prices are hidden as xx.xx, and the mandatory G33 is missing',
  ],
};

const corpus = process.env['CORPUS_DIR'];

describe('check: real files', () => {
  before(function () {
    if (corpus === undefined) this.skip();
  });

  it('finds no error in valid files of X12 004010 and EDIFACT D96A', function () {
    this.timeout(60_000);
    const files = rows().filter(isValidAndShipped);
    expect(files.length).to.be.greaterThan(100);
    for (const { file } of files) {
      const errors = errorsOf(file);
      const [codes = '', reason = 'it is listed as valid'] = faulty[file] ?? [];
      expect([...new Set(errors)].sort().join(' '), `${file}: ${reason}`).to.equal(codes);
    }
  });

  it('reads every other file without an exception', function () {
    this.timeout(60_000);
    const files = rows().filter((it) => !isValidAndShipped(it));
    for (const { file } of files) expect(() => errorsOf(file), file).not.to.throw();
  });
});

interface Row {
  readonly file: string;
  readonly standard: string;
  readonly version: string;
  readonly status: string;
}

function rows(): readonly Row[] {
  const [, ...lines] = readFileSync(join(corpus ?? '', 'INDEX.tsv'), 'utf8')
    .trimEnd()
    .split('\n');
  return lines
    .map((line) => line.split('\t'))
    .map(([file = '', standard = '', version = '', , status = '']) => ({
      ...{ file, standard, version, status },
    }))
    .filter(({ standard }) => standard === 'x12' || standard === 'edifact');
}

const isValidAndShipped = ({ standard, version, status }: Row): boolean =>
  status === 'valid' && version.startsWith(standard === 'x12' ? '004010' : 'D96A');

/** The codes of the check's errors; what the codec finds is the codec's matter. */
function errorsOf(file: string): readonly string[] {
  const messages = checkFile(readFileSync(join(corpus ?? '', file)));
  return messages.flatMap(({ checked }) => checked.findings.filter(isError).map((it) => it.code));
}
