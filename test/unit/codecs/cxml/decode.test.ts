import { expect } from 'chai';
import fc from 'fast-check';
import { cxml } from '../../../../src/codecs/cxml/cxml.ts';
import { descendant } from '../../../../src/codecs/xml/tree-path.ts';
import { type CodecEvent, defaultDecodeLimits as limits } from '../../../../src/model/codec.ts';
import { decode, order } from './order.ts';

const kinds = (events: readonly CodecEvent[]) => events.map((event) => event.is).join(' ');
const messageIn = (events: readonly CodecEvent[]) =>
  events.flatMap((event) => (event.is === 'message' ? [event.message] : []))[0];
const rootIn = (events: readonly CodecEvent[]) => {
  const content = messageIn(events)?.content;
  return content?.form === 'tree' ? content.root : undefined;
};
const codesIn = (events: readonly CodecEvent[]) =>
  events.flatMap((event) => ('findings' in event ? event.findings : [])).map(({ code }) => code);

describe('cxml decoder', () => {
  it('tells one interchange with one message', () => {
    expect(kinds(decode(order))).to.equal('interchange message interchangeEnd');
  });

  it('reads the envelope; a marketplace speaks for a party and is not it', () => {
    const [first] = decode(order);
    expect(first?.is === 'interchange' && first.envelope).to.deep.include({
      standard: 'cxml',
      control: '1@hub',
      sender: { qualifier: 'DUNS', id: '123456789' },
      receiver: { qualifier: 'NetworkId', id: 'AN02' },
      preparedAt: '2026-03-01T14:05:00+01:00',
      isTest: true,
      wantsAcknowledgement: true,
    });
  });

  it('is live unless deploymentMode says test', () => {
    const [first] = decode(order.replace(' deploymentMode="test"', ''));
    expect(first?.is === 'interchange' && first.envelope.isTest).to.equal(false);
  });

  it('names the message after what Request or Message holds', () => {
    const message = messageIn(decode(order));
    expect(message?.type).to.deep.equal({ standard: 'cxml', version: '1.2', name: 'OrderRequest' });
    expect([message?.control, message?.start, message?.end]).to.deep.equal([
      '1@hub',
      0,
      order.length,
    ]);
    const punchOut = order
      .replace(/Request( deploy|>)/g, 'Message$1')
      .replace(/Order(Message)/g, 'PunchOutOrder$1');
    expect(messageIn(decode(punchOut))?.type.name).to.equal('PunchOutOrderMessage');
  });

  it('takes a Response without a Header', () => {
    const response =
      '<cXML payloadID="9" timestamp="2026-03-01T14:05:00Z"><Response>' +
      '<Status code="200" text="OK"/></Response></cXML>';
    const events = decode(response);
    expect(messageIn(events)?.type.name).to.equal('Response');
    expect(codesIn(events)).to.deep.equal([]);
  });

  it('tells the same however the bytes are cut', () => {
    const bytes = Buffer.from(order.replace('DO1', 'DØ€1'));
    const whole = decode(bytes);
    for (let cut = 1; cut < bytes.length; cut += 1) expect(decode(bytes, cut)).to.deep.equal(whole);
  });

  it('reads a message again from its own range', () => {
    const message = messageIn(decode(order));
    if (message === undefined) throw new Error('no message');
    const syntax = {
      version: '1.0',
      charset: 'utf8',
      element: '',
      component: '',
      terminator: '',
      decimalMark: '.',
    };
    const bytes = Buffer.from(order).subarray(message.start, message.end);
    const { type, control, index, start } = message;
    expect(cxml.message(bytes, { type, control, index, start }, syntax, limits)).to.deep.equal(
      message,
    );
  });
});

describe('cxml secrets', () => {
  it('are in no event, and whether one was there cannot be seen', () => {
    expect(JSON.stringify(decode(order))).to.not.include('coyote');
    const secret = descendant(
      rootIn(decode(order)),
      'Header',
      'Sender',
      'Credential',
      'SharedSecret',
    );
    expect(secret?.text).to.equal('');
  });

  it('are in no finding of a broken file', () => {
    for (const broken of [
      'co<yo>te',
      'co<yo te',
      'co&yote;',
      'co<coyote',
      '<coyote x="1" x="2"/>',
    ]) {
      const events = decode(order.replace('coyote', broken));
      expect(JSON.stringify(events)).to.not.match(/coyote|yo/);
      expect(codesIn(events)).to.deep.equal(['not-well-formed']);
    }
  });
});

describe('cxml faults', () => {
  it('still say whose file it was, as far as it could be read', () => {
    const events = decode(order.slice(0, order.indexOf('<OrderRequestHeader') + 5));
    expect(kinds(events)).to.equal('interchange interchangeEnd');
    expect(events[0]?.is === 'interchange' && events[0].envelope.sender.id).to.equal('123456789');
    expect(codesIn(events)).to.deep.equal(['truncated']);
  });

  const faulty: readonly (readonly [string, string, readonly string[]])[] = [
    ['no payloadID', order.replace(' payloadID="1@hub"', ''), ['envelope-damaged']],
    ['a payloadID too long', order.replace('1@hub', 'x'.repeat(501)), ['envelope-damaged']],
    ['no From', order.replace(/<From>.*<\/From>/s, ''), ['envelope-damaged']],
    ['an empty To', order.replace('AN02', ''), ['envelope-damaged']],
    [
      'an empty Request',
      order.replace(/<OrderRequest>.*<\/OrderRequest>/, ''),
      ['envelope-damaged'],
    ],
    ['no Request', order.replace(/<Request.*<\/Request>/s, ''), ['envelope-damaged']],
    ['an internal subset', order.replace('dtd">', 'dtd" [<!ENTITY a "b">]>'), ['doctype-refused']],
    ['another root', '<Invoice/>', ['root-unexpected']],
    ['nothing', '', ['not-well-formed']],
  ];
  for (const [what, text, codes] of faulty) {
    it(`tells of ${what}`, () => expect(codesIn(decode(text))).to.deep.equal(codes));
  }

  it('ends every interchange that it began, whatever the bytes', () => {
    const edit = fc.tuple(fc.nat(order.length), fc.nat(20), fc.string({ maxLength: 5 }));
    fc.assert(
      fc.property(
        fc.array(edit, { maxLength: 4 }),
        fc.integer({ min: 1, max: 50 }),
        (edits, cut) => {
          let text = order;
          for (const [at, gone, put] of edits)
            text = text.slice(0, at) + put + text.slice(at + gone);
          const events = decode(text);
          expect(decode(text, cut)).to.deep.equal(events);
          expect(kinds(events)).to.match(/^(outside|interchange (message )?interchangeEnd)$/);
        },
      ),
    );
  });
});

describe('cxml sniffing', () => {
  const yes = [
    '<cXML',
    '<cXML payloadID="1"/>',
    '\ufeff<?xml version="1.0"?>\r\n<!-- x --><?p?><cXML>',
    '<!DOCTYPE cXML SYSTEM "x">',
    '<!DOCTYPE\n cXML>',
  ];
  const no = [
    '',
    '<',
    '<cXMLish/>',
    '<cXML:a/>',
    '<Invoice><cXML/></Invoice>',
    '<!-- <cXML>',
    'ISA*00',
    '{',
    '<?xml',
  ];
  it('knows cXML by its DOCTYPE or its root', () => {
    for (const head of yes) expect(cxml.sniff(Buffer.from(head)), head).to.equal(true);
    expect(cxml.sniff(Buffer.from('\ufeff<cXML>', 'utf16le'))).to.equal(true);
    for (const head of no) expect(cxml.sniff(Buffer.from(head)), head).to.equal(false);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (head) => void cxml.sniff(head)));
  });
});
