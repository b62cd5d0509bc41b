import { expect } from 'chai';
import fc from 'fast-check';
import { readXml, XmlReader } from '../../../../src/codecs/xml/read-xml.ts';
import { defaultDecodeLimits as limits } from '../../../../src/model/codec.ts';
import { rangeTexts, treeText } from './tree-text.ts';

const read = (text: string | Buffer, some: Partial<typeof limits> = {}) =>
  readXml(Buffer.from(text as string), { limits: { ...limits, ...some } });

const order =
  '<?xml version="1.0"?>\r\n<!-- ü -->\n<Ordre  nø="1 &amp; 2"\r\n date = \'a"b\'><Linje n="ß€😀">\r\n ' +
  'æ&#10;<![CDATA[<&]]>😀 </Linje\r\n><Tom\r\n/><mixed>a<b>x</b>c</mixed></Ordre>\n<!-- end -->';

describe('xml tree', () => {
  it('holds names, attributes and text without the layout around it', () => {
    expect(treeText(read(order).root)).to.equal(
      'Ordre(nø=1 & 2 date=a"b)[Linje(n=ß€😀)"æ\\n<&😀" Tom mixed"ac"[b"x"]]',
    );
  });

  it('keeps a no-break space, which is data', () => {
    expect(read('<a> \u00a0x </a>').root?.text).to.equal('\u00a0x');
  });

  const ranges = [
    'Ordre: <Ordre  nø="1 &amp; 2"\r\n date = \'a"b\'><Linje n="ß€😀">\r\n ' +
      'æ&#10;<![CDATA[<&]]>😀 </Linje\r\n><Tom\r\n/><mixed>a<b>x</b>c</mixed></Ordre>',
    '@nø: 1 &amp; 2',
    '@date: a"b',
    'Linje: <Linje n="ß€😀">\r\n æ&#10;<![CDATA[<&]]>😀 </Linje\r\n>',
    '@n: ß€😀',
    'Tom: <Tom\r\n/>',
    'mixed: <mixed>a<b>x</b>c</mixed>',
    'b: <b>x</b>',
  ];
  const encodings: readonly (readonly [string, BufferEncoding, Buffer])[] = [
    ['UTF-8', 'utf8', Buffer.from(order)],
    ['UTF-8 with a byte order mark', 'utf8', Buffer.from(`\ufeff${order}`)],
    ['UTF-16 little endian', 'utf16le', Buffer.from(`\ufeff${order}`, 'utf16le')],
  ];
  for (const [name, encoding, bytes] of encodings) {
    it(`has byte ranges in ${name}`, () => {
      const { root } = read(bytes);
      expect(root && rangeTexts(root, bytes, encoding)).to.deep.equal(ranges);
    });
  }

  it('reads UTF-16 big endian and ISO-8859-1 as declared', () => {
    const big = Buffer.from('\ufeff<a b="ü">€</a>', 'utf16le').swap16();
    expect(treeText(read(big).root)).to.equal('a(b=ü)"€"');
    const latin = '<?xml version="1.0" encoding="ISO-8859-1"?><a b="ü">é</a>';
    const bytes = Buffer.from(latin, 'latin1');
    const { root } = read(bytes);
    expect(treeText(root)).to.equal('a(b=ü)"é"');
    expect(root?.end).to.equal(bytes.length);
  });

  it('counts offsets from the start of the part', () => {
    const { root } = readXml(Buffer.from('<a/>'), { limits, start: 100 });
    expect([root?.start, root?.end]).to.deep.equal([100, 104]);
  });

  it('is the same however the bytes are cut', () => {
    const bytes = Buffer.from(`\ufeff${order}`);
    const whole = read(bytes);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const reader = new XmlReader({ limits });
      reader.write(bytes.subarray(0, cut));
      reader.write(bytes.subarray(cut));
      expect(reader.end()).to.deep.equal(whole);
    }
  });

  it('is the same for blocks of any size, so that no boundary matters', () => {
    // The first block has 1024 bytes for the declaration: the text begins behind it.
    for (const encoding of ['utf8', 'utf16le'] as const) {
      const text = Buffer.from(`\ufeff<!--${'x'.repeat(1100)}-->${order.slice(23)}`, encoding);
      const whole = read(text);
      expect(whole.fault).to.equal(undefined);
      for (let blockBytes = 1; blockBytes < 40; blockBytes++) {
        expect(readXml(text, { limits, blockBytes })).to.deep.equal(whole);
      }
    }
  });
});

describe('xml faults', () => {
  const fault = (text: string | Buffer, some = {}) => {
    const found = read(text, some).fault;
    return found && `${found.code} at ${found.at} in ${found.path}`;
  };

  const broken: readonly (readonly [string, string | Buffer, string])[] = [
    ['unclosed elements', '<a><b></b>', 'truncated at 10 in a'],
    ['mismatched tags', '<a><b></a></b>', 'not-well-formed at 10 in a'],
    ['duplicate attributes', '<a><b x="1" x="2"/></a>', 'not-well-formed at 19 in a/b'],
    ['unquoted attributes', '<a x=1/>', 'not-well-formed at 6 in a'],
    ['a bare ampersand', '<a>x &lt; & y</a>', 'not-well-formed at 10 in a'],
    ['unknown entities', '<a>&nbsp;</a>', 'not-well-formed at 3 in a'],
    ['forbidden character references', '<a>&#1;</a>', 'not-well-formed at 3 in a'],
    ['control characters', '<a>\u0001</a>', 'not-well-formed at 4 in a'],
    ['two roots', '<a/><b/>', 'not-well-formed at 7 in b'],
    ['text after the root', '<a/>and <more', 'not-well-formed at 4 in '],
    ['no root', '<!-- nothing -->', 'not-well-formed at 16 in '],
    ['an internal subset', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'doctype-refused at 30 in '],
    ['a strange DOCTYPE', '<!DOCTYPE a FROM "x"><a/>', 'not-well-formed at 21 in '],
    [
      'an encoding not read',
      '<?xml version="1.0" encoding="EBCDIC-US"?>',
      'encoding-unknown at 0 in ',
    ],
    ['UTF-16 without its mark', Buffer.from('<a/>', 'utf16le'), 'encoding-unknown at 0 in '],
    ['bytes that are not UTF-8', Buffer.from('<a>ü\xff</a>', 'latin1'), 'character-bad at 3 in a'],
    [
      'half a surrogate pair',
      Buffer.from('\ufeff<a>\ud800x</a>', 'utf16le'),
      'character-bad at 8 in a',
    ],
    ['half a character at the end', Buffer.from('3c612f3ec3', 'hex'), 'character-bad at 4 in '],
  ];
  for (const [what, text, told] of broken) {
    it(`tells of ${what} with its byte`, () => expect(fault(text)).to.equal(told));
  }

  it('names the line', () => {
    expect(read('<a>\n<b>\n</c>').fault?.text).to.include('line 3, byte 12');
  });

  it('lets a plain DOCTYPE through and fetches nothing', () => {
    const outcome = read('<!DOCTYPE a PUBLIC "-//X//Y" \'file:///etc/passwd\'><a/>');
    expect(outcome.fault).to.equal(undefined);
    expect(outcome.doctype).to.deep.equal({
      root: 'a',
      publicId: '-//X//Y',
      systemId: 'file:///etc/passwd',
    });
  });

  it('reads control characters by XML 1.0 even where 1.1 is declared', () => {
    expect(fault('<?xml version="1.1"?><a>&#1;</a>')).to.match(/^not-well-formed/);
  });

  it('keeps what was read before the fault', () => {
    expect(treeText(read('<a x="1"><b>2</b><c').root)).to.equal('a(x=1)[b"2"]');
  });
});

describe('xml from the outside', () => {
  const fault = (text: string, some = {}) => read(text, some).fault?.code;

  it('stops at a depth, a number of elements and of attributes', () => {
    expect(fault('<a><a><a/></a></a>', { treeDepth: 3 })).to.equal(undefined);
    expect(fault('<a><a><a><a/></a></a></a>', { treeDepth: 3 })).to.equal('tree-too-large');
    expect(fault('<a><b/><b/></a>', { treeNodes: 3 })).to.equal(undefined);
    expect(fault('<a><b/><b/><b/></a>', { treeNodes: 3 })).to.equal('tree-too-large');
    expect(fault('<a x="1" y="2"/>', { attributes: 2 })).to.equal(undefined);
    expect(fault('<a x="1" y="2" z="3"/>', { attributes: 2 })).to.equal('tree-too-large');
  });

  it('refuses a billion laughs before it expands anything', () => {
    const entities = Array.from({ length: 10 }, (_, n) => `<!ENTITY l${n + 1} "&l${n};&l${n};">`);
    const bomb = `<!DOCTYPE a [<!ENTITY l0 "lol">${entities.join('')}]><a>&l10;</a>`;
    expect(fault(bomb)).to.equal('doctype-refused');
  });

  const bombs: readonly (readonly [string, string])[] = [
    ['a million nested tags', '<a>'.repeat(1_000_000)],
    ['a million attributes', `<a ${Array.from({ length: 1e6 }, (_, n) => `a${n}="" `).join('')}/>`],
    ['four million elements', `<a>${'<b/>'.repeat(4_000_000)}</a>`],
    ['a name of 20 MB', `<${'a'.repeat(20_000_000)}/>`],
    ['an attribute of 20 MB', `<a b="${'&lt;'.repeat(5_000_000)}"/>`],
    ['a comment of 20 MB', `<!--${'-x'.repeat(10_000_000)}--><a/>`],
    ['a DOCTYPE of 20 MB', `<!DOCTYPE a ${'"x" '.repeat(5_000_000)}><a/>`],
    ['an entity name of 20 MB', `<a>&${'x'.repeat(20_000_000)};</a>`],
    ['20 MB of blanks', `${' '.repeat(20_000_000)}<a/>`],
  ];
  for (const [what, text] of bombs) {
    it(`ends soon on ${what}`, function () {
      this.timeout(8000);
      expect(fault(text)).to.match(/^(tree|message)-too-large$/);
    });
  }

  it('only counts what follows a fault: 1 GB of junk costs neither time nor memory', function () {
    this.timeout(8000);
    const reader = new XmlReader({ limits });
    const junk = Buffer.alloc(1024 * 1024, '<a>');
    const before = process.memoryUsage().rss;
    for (let written = 0; written < 1024; written++) reader.write(junk);
    expect(reader.end()).to.include({ bytes: 1024 * 1024 * 1024 });
    expect(process.memoryUsage().rss - before).to.be.below(200 * 1024 * 1024);
  });

  it('never throws, and blocks never change the outcome', () => {
    const pieces = [
      '<a',
      '<b>',
      '</b>',
      '/>',
      '>',
      ' x="',
      '"',
      "'",
      '&amp;',
      '&#xe9;',
      ']]>',
      '\r',
      '\n',
    ];
    const more = [
      '<!--',
      '-->',
      '<![CDATA[',
      '<?p ',
      '?>',
      '<!DOCTYPE a',
      '[',
      'é',
      '😀',
      '<',
      '&',
      '-',
      '?',
    ];
    const text = fc
      .array(fc.oneof(fc.constantFrom(...pieces, ...more), fc.string({ maxLength: 3 })), {
        maxLength: 40,
      })
      .map((parts) => `<!--${'x'.repeat(1020)}--><r>${parts.join('')}</b></a></r>`);
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), (xml, blockBytes) => {
        const bytes = Buffer.from(xml);
        const { fault, ...rest } = readXml(bytes, { limits });
        const cut = readXml(bytes, { limits, blockBytes });
        expect(cut.fault?.code).to.equal(fault?.code);
        if (fault === undefined) expect(cut).to.deep.equal({ fault, ...rest });
      }),
      { numRuns: 1000 },
    );
  });

  it('ranges name the very bytes, whatever the characters and the block size', () => {
    const edges = ['a', '\x7f', '\x80', '\u07ff', '\u0800', '\u08ff', '\ud7ff', '\ue000', '\ufffd'];
    const unit = fc.constantFrom(...edges, '\u{10000}', '\u{10ffff}', '\r', '\n', '\r\n');
    const text = fc.string({ unit, maxLength: 12 });
    const pieces = fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 8 });
    const encoding = fc.constantFrom('utf8', 'utf16le');
    fc.assert(
      fc.property(pieces, encoding, fc.integer({ min: 1, max: 9 }), (given, how, blockBytes) => {
        const elements = given.map(([value, inner]) => `<é a="${value}">${inner}</é>`);
        const padding = `<!--${'x'.repeat(1020)}-->`;
        const bytes = Buffer.from(`\ufeff${padding}<r>${elements.join('')}</r>`, how);
        const { root } = readXml(bytes, { limits, blockBytes });
        const slices = root?.children.map(({ start, end }) => bytes.toString(how, start, end));
        expect(slices).to.deep.equal(elements);
        const values = root?.children.flatMap(({ attributes }) =>
          attributes.map(({ start, end }) => bytes.toString(how, start, end)),
        );
        expect(values).to.deep.equal(given.map(([value]) => value));
      }),
    );
  });

  it('never throws on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        readXml(bytes, { limits });
      }),
    );
  });
});
