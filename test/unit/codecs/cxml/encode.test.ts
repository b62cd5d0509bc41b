import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { DtdValidator, ParseOption, XmlDocument, XmlDtd } from 'libxml2-wasm';
import { cxml } from '../../../../src/codecs/cxml/cxml.ts';
import { cxmlResponse } from '../../../../src/codecs/cxml/response.ts';
import type { InterchangeData } from '../../../../src/model/envelope.ts';
import type { TreeData } from '../../../../src/model/message.ts';
import { decode, interchange } from './order.ts';

const money = { name: 'Money', attributes: [{ name: 'currency', value: 'USD' }], text: '10.00' };
const confirmation: TreeData = {
  name: 'cXML',
  children: [
    {
      name: 'Request',
      children: [
        {
          name: 'ConfirmationRequest',
          children: [
            {
              name: 'ConfirmationHeader',
              attributes: [
                { name: 'type', value: 'accept' },
                { name: 'noticeDate', value: '2026-03-01T14:00:00+01:00' },
              ],
              children: [{ name: 'Total', children: [money] }],
            },
            {
              name: 'OrderReference',
              attributes: [{ name: 'orderID', value: 'Ü & <1>' }],
              children: [
                { name: 'DocumentReference', attributes: [{ name: 'payloadID', value: '1@hub' }] },
              ],
            },
          ],
        },
      ],
    },
  ],
};

const text = (changes: Partial<InterchangeData> = {}, root = confirmation) =>
  Buffer.from(cxml.encode(interchange(root, 'ConfirmationRequest', changes))).toString();

describe('cxml writer', () => {
  it('puts the envelope around the message', () => {
    expect(text({ secret: 's3<cret' })).to.equal(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.063/Fulfill.dtd">\n' +
        '<cXML payloadID="1772370300.17@tradelane" timestamp="2026-03-01T14:05:00+01:00"><Header>' +
        '<From><Credential domain="DUNS"><Identity>987654321</Identity></Credential></From>' +
        '<To><Credential domain="NetworkId"><Identity>AN01</Identity></Credential></To>' +
        '<Sender><Credential domain="DUNS"><Identity>987654321</Identity>' +
        '<SharedSecret>s3&lt;cret</SharedSecret></Credential><UserAgent>Tradelane</UserAgent>' +
        '</Sender></Header><Request><ConfirmationRequest>' +
        '<ConfirmationHeader type="accept" noticeDate="2026-03-01T14:00:00+01:00"><Total>' +
        '<Money currency="USD">10.00</Money></Total></ConfirmationHeader>' +
        '<OrderReference orderID="Ü &amp; &lt;1&gt;"><DocumentReference payloadID="1@hub"/>' +
        '</OrderReference></ConfirmationRequest></Request></cXML>\n',
    );
  });

  it('is read back as the same envelope and message', () => {
    const [first, second] = decode(text({ isTest: true }));
    expect(first?.is === 'interchange' && first.envelope).to.deep.include({
      control: '1772370300.17@tradelane',
      sender: { qualifier: 'DUNS', id: '987654321' },
      receiver: { qualifier: 'NetworkId', id: 'AN01' },
      preparedAt: '2026-03-01T14:05:00+01:00',
      isTest: true,
    });
    expect(second?.is === 'message' && second.message.type.name).to.equal('ConfirmationRequest');
  });

  it('marks test traffic, whatever the mapping wrote', () => {
    const live = { name: 'deploymentMode', value: 'production' };
    const request = { ...confirmation.children?.[0], name: 'Request', attributes: [live] };
    const root = { name: 'cXML', children: [request] };
    expect(text({ isTest: true }, root)).to.include('<Request deploymentMode="test">');
  });

  it('keeps the rest of a header that the mapping wrote, and its language', () => {
    const original = { name: 'OriginalDocument', attributes: [{ name: 'payloadID', value: 'o' }] };
    const header = { name: 'Header', children: [{ name: 'From', text: 'forged' }, original] };
    const root = {
      ...confirmation,
      attributes: [
        { name: 'payloadID', value: 'forged' },
        { name: 'xml:lang', value: 'en' },
      ],
      children: [header, ...(confirmation.children ?? [])],
    };
    const written = text({}, root);
    expect(written).to.include('</Sender><OriginalDocument payloadID="o"/></Header>');
    expect(written).to.include('xml:lang="en"').and.not.include('forged');
  });

  it('writes no secret into a Message, which a browser carries', () => {
    const root = { name: 'cXML', children: [{ name: 'Message', children: [{ name: 'X' }] }] };
    expect(text({ secret: 'coyote' }, root)).to.not.include('coyote');
  });

  it('writes the DTD version that was agreed', () => {
    const syntax = { ...interchange(confirmation, '').syntax, version: '1.2.050' };
    expect(text({ syntax })).to.include('/1.2.050/Fulfill.dtd"');
  });

  it('refuses what is no cXML message', () => {
    const two = interchange(confirmation, 'X').groups.flatMap((group) => [group, group]);
    expect(() => text({ groups: two })).to.throw('one message, not 2');
    expect(() => text({}, { name: 'Invoice' })).to.throw('no cXML element');
    expect(() => text({}, { name: 'cXML' })).to.throw('no cXML element');
    expect(() => text({ secret: 'coyote\u0000' })).to.throw(/^(?!.*coyote).*U\+0000/);
  });
});

describe('cxml response', () => {
  const status = { payloadId: 'r1', timestamp: '2026-03-01T14:05:00+00:00' };
  const verdicts: readonly (readonly [string, string, string | undefined])[] = [
    ['200', 'OK', 'accepted'],
    ['201', 'Accepted', 'accepted'],
    ['204', 'No Content', 'accepted'],
    ['280', 'Forwarded', 'accepted'],
    ['281', 'Forwarded', 'accepted'],
    ['400', 'Bad Request', 'rejected'],
    ['401', 'Unauthorized', 'rejected'],
    ['450', 'Not Implemented', 'rejected'],
    ['475', 'Signature Required', 'rejected'],
    ['500', 'Internal Server Error', 'retry'],
    ['560', 'Temporary Server Error', 'retry'],
    ['999', 'Strange', undefined],
    ['', 'Strange', undefined],
  ];
  for (const [code, words, verdict] of verdicts) {
    it(`${code || 'no code'} means ${verdict ?? 'nothing'}`, () => {
      const reply = cxml.reply?.(
        cxmlResponse({ ...status, code, text: words, message: 'why & <so>' }),
      );
      expect(reply?.verdict).to.equal(verdict);
      if (verdict !== undefined)
        expect(reply).to.deep.include({ code, text: `${words}: why & <so>` });
    });
  }

  it('is none of ours when it is something else or damaged', () => {
    for (const other of ['', 'OK', '<html/>', '<cXML><Request/></cXML>', '<cXML><Response>']) {
      expect(cxml.reply?.(Buffer.from(other)), other).to.equal(undefined);
    }
  });

  it('can always be written, whatever is said in it', () => {
    const bytes = cxmlResponse({ ...status, code: '500', text: '\u0000', message: '\ud800\uffff' });
    expect(cxml.reply?.(bytes)?.text).to.equal('?: \ufffd?');
  });
});

/** The DTDs of cXML judge what we write. */
describe('cxml by its DTD', () => {
  const folder = join(process.env['CORPUS_DIR'] ?? '', 'cxml');
  const judge = (bytes: Uint8Array, dtd: string): void => {
    using document = XmlDocument.fromBuffer(bytes, { option: ParseOption.XML_PARSE_NO_XXE });
    using validator = new DtdValidator(
      XmlDtd.fromBuffer(readFileSync(join(folder, '_dtd', '1.2.063', dtd))),
    );
    validator.validate(document);
  };

  before(function () {
    if (existsSync(join(folder, '_dtd', '1.2.063', 'cXML.dtd'))) return;
    console.log('      skipped: CORPUS_DIR names no folder with cxml/_dtd/1.2.063');
    this.skip();
  });

  it('what we write is valid', () => {
    judge(
      cxml.encode(interchange(confirmation, 'ConfirmationRequest', { secret: 'x' })),
      'Fulfill.dtd',
    );
    const lineBreak = { ...interchange(confirmation, '').syntax, lineBreak: '\n' };
    const isTest = { isTest: true, syntax: lineBreak };
    judge(cxml.encode(interchange(confirmation, 'ConfirmationRequest', isTest)), 'Fulfill.dtd');
  });

  it('an answer is valid', () => {
    const timestamp = '2026-03-01T14:05:00+00:00';
    judge(cxmlResponse({ code: '200', text: 'OK', payloadId: 'r1', timestamp }), 'cXML.dtd');
  });

  it('the judge sees a fault', () => {
    const wrong = { name: 'cXML', children: [{ name: 'Request', children: [{ name: 'X' }] }] };
    expect(() => judge(cxml.encode(interchange(wrong, 'X')), 'cXML.dtd')).to.throw();
  });

  it('a valid order is valid again after reading and writing it', () => {
    const file = join(folder, 'OrderRequest', 'FriendsOfCXML_cxml-php__OrderRequest.xml');
    const bytes = readFileSync(file);
    judge(bytes, 'cXML.dtd');
    const message = decode(bytes).find((event) => event.is === 'message');
    const content = message?.message.content;
    if (content?.form !== 'tree') throw new Error(`no tree in ${file}`);
    judge(cxml.encode(interchange(content.root, 'OrderRequest')), 'cXML.dtd');
  });

  it('files of every message type are read without a finding', () => {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const files = names.filter((name) => name.endsWith('.xml'));
    for (const file of files) {
      const events = decode(readFileSync(join(folder, file)));
      const found = events.flatMap((event) => ('findings' in event ? event.findings : []));
      expect(found, file).to.deep.equal([]);
      const message = events.find((event) => event.is === 'message')?.message;
      expect(`${message?.type.name}/`, file).to.equal(file.slice(0, file.indexOf('/') + 1));
    }
    expect(files).to.have.length.above(10);
  });
});
