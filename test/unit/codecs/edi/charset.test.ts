/** Character sets of EDIFACT: what is read, what is written, and what is allowed. */
import { expect } from 'chai';
import { findCharset } from '../../../../src/codecs/edi/charset.ts';
import { edifact } from '../../../../src/codecs/edifact/index.ts';
import { defaultDecodeLimits } from '../../../../src/model/codec.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { inChunks } from '../../../support/segment-events.ts';

const standardSets = [...'ABCDEFGHIJKWXY'].map((letter) => `UNO${letter}`);

/** One message with a value in these bytes; `value` is what was read of it. */
function read(charset: string, value: Uint8Array | string, chunk = 1_000_000) {
  const head = `UNB+${charset}:3+US:14+THEM:14+240301:1405+1'UNH+1+ORDERS:D:96A:UN'FTX+AAI+++`;
  const bytes = Buffer.concat([
    Buffer.from(head),
    Buffer.from(value as string, 'latin1'),
    Buffer.from("'UNT+3+1'UNZ+1+1'"),
  ]);
  const findings: Finding[] = [];
  let text = '';
  const decoder = edifact.decoder(
    (event) => {
      if (event.is === 'interchange' || event.is === 'group') return;
      findings.push(...event.findings);
      if (event.is !== 'message' || event.message.content.form !== 'segments') return;
      text = event.message.content.segments.value(1, 4);
    },
    { limits: defaultDecodeLimits },
  );
  for (const part of inChunks(bytes, chunk)) decoder.write(part);
  decoder.end();
  return { text, findings };
}

describe('character sets of EDIFACT', () => {
  it('are all known, each with the letters that only it has', () => {
    for (const name of standardSets) expect(findCharset(name), name).not.to.equal(undefined);
    const own: Readonly<Record<string, string>> = {
      ...{ UNOC: 'Ærø', UNOD: 'Łódź', UNOE: 'Москва', UNOF: 'Αθήνα', UNOG: 'Ħal Għaxaq' },
      ...{ UNOH: 'Rīga', UNOI: 'القاهرة', UNOJ: 'חיפה', UNOK: 'İzmir', UNOW: '東京', UNOY: '東京' },
      UNOX: '日本 ABC 東京',
    };
    for (const [name, text] of Object.entries(own)) {
      const bytes = findCharset(name)!.encode(text);
      expect(read(name, bytes), name).to.deep.equal({ text, findings: [] });
    }
  });

  it('refuse what they lack, at its place', () => {
    expect(findCharset('UNOK')!.firstMissing('ok ł')).to.equal(3);
    expect(findCharset('UNOD')!.firstMissing('😀ж')).to.equal(0);
    expect(findCharset('UNOX')!.firstMissing('東京 ł')).to.equal(3);
    expect(findCharset('UNOX')!.firstMissing('東京 ABC')).to.equal(-1);
  });

  it('find bytes that are no character of them, and the element they stand in', () => {
    const { findings } = read('UNOF', 'A\xa5B\xaeC');
    expect(findings.map(({ code }) => code)).to.deep.equal(['character-bad']);
    expect(findings[0]?.place).to.include({ segment: 2, tag: 'FTX', element: 4, message: '1' });
  });
});

describe('code extension (UNOX)', () => {
  /** Their second bytes are an apostrophe and a plus sign. */
  const marks = Buffer.from('\x1b$B!\x27!+\x1b(B', 'latin1');

  it('keeps characters of two bytes whole that look like separators, however cut', () => {
    for (const chunk of [1, 2, 3, 7, 1000]) {
      expect(read('UNOX', marks, chunk)).to.deep.equal({ text: '：゛', findings: [] });
    }
  });

  it('reads half-width katakana and JIS Roman', () => {
    expect(read('UNOX', '\x1b(I6E\x1b(B').text).to.equal('ｶﾅ');
    expect(read('UNOX', 'A\x1b(J\\5\x1b(B').text).to.equal('A¥5');
  });

  it('tells once of a set that is not read, and goes on', () => {
    const { findings } = read('UNOX', '\x1b$)C\x0eGQ\x0f');
    expect(findings.map(({ code }) => code)).to.deep.equal(['character-bad']);
    expect(findings[0]?.place.element).to.equal(4);
  });

  it('does not lose the rest where nobody returns to ASCII before the line ends', () => {
    const { findings } = read('UNOX', "\x1b$B!'\r\nX");
    expect(findings).to.have.length(0);
  });

  it('takes a high byte that no escape leads to for what it is', () => {
    expect(read('UNOX', 'caf\xe9').findings.map(({ code }) => code)).to.deep.equal([
      'character-bad',
    ]);
  });
});

describe('characters that a set does not allow', () => {
  const codes = (charset: string, value: string) =>
    read(charset, value).findings.map(({ code, severity }) => `${severity} ${code}`);

  it('are told once a message, with how many there are, and read all the same', () => {
    const { text, findings } = read('UNOA', 'small letters @');
    expect(text).to.equal('small letters @');
    expect(findings).to.have.length(1);
    expect(findings[0]).to.include({ severity: 'warning', value: 's' });
    expect(findings[0]?.text).to.include('and 12 others here are not among the characters of UNOA');
    expect(findings[0]?.place).to.include({ segment: 2, tag: 'FTX', element: 4 });
  });

  it('are small letters in UNOA, and what neither has in UNOB', () => {
    expect(codes('UNOA', 'CAPITALS 0-9 .,()/= ?\'?+?:?? !"%&*;<>')).to.deep.equal([]);
    expect(codes('UNOB', 'small')).to.deep.equal([]);
    for (const bad of '@#$_[]^`{|}~\\') {
      expect(codes('UNOB', bad), bad).to.deep.equal(['warning character-not-allowed']);
      expect(codes('UNOC', bad), bad).to.deep.equal([]);
    }
  });

  it('are no separators that UNA declares', () => {
    const text = 'UNA:|.? ~UNB|UNOA:1|US|THEM|240301:1405|1~UNH|1|ORDERS:D:96A:UN~UNT|2|1~UNZ|1|1~';
    const findings: Finding[] = [];
    const decoder = edifact.decoder(
      (event) => 'findings' in event && findings.push(...event.findings),
      { limits: defaultDecodeLimits },
    );
    decoder.write(Buffer.from(text));
    decoder.end();
    expect(findings).to.deep.equal([]);
  });
});
