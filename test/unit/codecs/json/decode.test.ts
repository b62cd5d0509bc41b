import { expect } from 'chai';
import fc from 'fast-check';
import { json } from '../../../../src/codecs/json/json.ts';
import { type CodecEvent, defaultDecodeLimits as limits } from '../../../../src/model/codec.ts';
import type { TreeNode } from '../../../../src/model/message.ts';

const type = { standard: 'json', version: 'erp', name: 'order' };

function decode(text: string | Uint8Array, some = {}, chunkBytes = Number.POSITIVE_INFINITY) {
  const events: CodecEvent[] = [];
  const options = { limits: { ...limits, ...some }, messageType: type };
  const decoder = json.decoder((event) => events.push(event), options);
  const all = Buffer.from(text as string);
  for (let at = 0; at < all.length; at += chunkBytes) {
    decoder.write(all.subarray(at, Math.min(all.length, at + chunkBytes)));
  }
  decoder.end();
  return events;
}

const messages = (events: readonly CodecEvent[]) =>
  events.flatMap((event) => (event.is === 'message' ? [event] : []));
const roots = (events: readonly CodecEvent[]) =>
  messages(events).flatMap(({ message }) =>
    message.content.form === 'tree' ? [message.content.root] : [],
  );
const faults = (events: readonly CodecEvent[]) =>
  events
    .flatMap((event) => ('findings' in event ? event.findings : []))
    .map(({ code, place }) => `${code} at ${place.start} in ${place.path}`);

/** `name:kind=text`, `*` for an item of an array. */
const show = (node: TreeNode): string =>
  `${node.name}${node.inArray ? '*' : ''}:${node.json}` +
  (node.text === '' ? '' : `=${node.text}`) +
  (node.children.length === 0 ? '' : `{${node.children.map(show).join(' ')}}`);
const shown = (text: string) => roots(decode(text)).map(show).join(' ');

describe('json tree', () => {
  it('keeps numbers as they are written', () => {
    expect(shown('{"a":1.10,"b":12345678901234567890,"c":-0,"d":1E+2}')).to.equal(
      ':object{a:number=1.10 b:number=12345678901234567890 c:number=-0 d:number=1E+2}',
    );
  });

  it('unescapes strings and keeps their kind', () => {
    expect(shown('{"a":"\\u00e9\\n\\"\\/\\ud83d\\ude00€","b":true,"c":false,"d":""}')).to.equal(
      ':object{a:string=é\n"/😀€ b:boolean=true c:boolean=false d:string}',
    );
  });

  it('makes one child of each item of an array', () => {
    expect(shown('{"a":[{"b":1},{"b":2}],"c":["x"],"d":[[1,2],[]]}')).to.equal(
      ':object{a*:object{b:number=1} a*:object{b:number=2} c*:string=x ' +
        'd*:array{d*:number=1 d*:number=2} d*:array}',
    );
  });

  it('has nothing for null and for empty arrays', () => {
    expect(shown('{"a":null,"b":[],"c":[null,1],"d":{}}')).to.equal(
      ':object{c*:number=1 d:object}',
    );
  });

  it('takes a member named like a part of every object', () => {
    expect(shown('{"__proto__":1,"constructor":2}')).to.equal(
      ':object{__proto__:number=1 constructor:number=2}',
    );
  });

  it('has the byte range of each value in the part', () => {
    const text = '\ufeff [ {"é": "ü", "b": [10, {"c":true}]} ]';
    const bytes = Buffer.from(text);
    const all = (node: TreeNode): string[] => [
      bytes.subarray(node.start, node.end).toString(),
      ...node.children.flatMap(all),
    ];
    expect(roots(decode(text)).flatMap(all)).to.deep.equal([
      '{"é": "ü", "b": [10, {"c":true}]}',
      '"ü"',
      '10',
      '{"c":true}',
      'true',
    ]);
  });
});

describe('json messages', () => {
  const three = '[{"a":1},\n{"a":2} , {"a":3}]';

  it('are the object, the objects of an array, or an object a line', () => {
    expect(shown('{"a":1}')).to.equal(':object{a:number=1}');
    expect(roots(decode(three))).to.have.length(3);
    expect(roots(decode('{"a":1}\n\n{"a":2}\r\n{"a":3}\n'))).to.have.length(3);
    expect(roots(decode('[]'))).to.have.length(0);
  });

  it('are numbered, typed by the agreement and named by nobody', () => {
    const [first, ...rest] = decode(three);
    expect(first?.is === 'interchange' && first.envelope).to.deep.include({
      standard: 'json',
      control: '',
      sender: { qualifier: '', id: '' },
    });
    expect(
      messages(rest).map(({ message }) => [message.type, message.control, message.index]),
    ).to.deep.equal([0, 1, 2].map((index) => [type, '', index]));
    expect(rest.at(-1)).to.include({ is: 'interchangeEnd', messages: 3, end: three.length });
  });

  it('can be read again from their own range', () => {
    const syntax = {
      version: '',
      charset: 'utf8',
      element: '',
      component: '',
      terminator: '',
      decimalMark: '.',
    };
    for (const { message } of messages(decode(three))) {
      const bytes = Buffer.from(three).subarray(message.start, message.end);
      const { control, index, start } = message;
      expect(json.message(bytes, { type, control, index, start }, syntax, limits)).to.deep.equal(
        message,
      );
    }
  });

  it('need a type that the bytes do not give', () => {
    const events: CodecEvent[] = [];
    const decoder = json.decoder((event) => events.push(event), { limits });
    decoder.write(Buffer.from(three));
    decoder.end();
    expect(faults(events)).to.deep.equal(['message-type-unknown at 0 in file']);
    expect(events.map(({ is }) => is)).to.deep.equal(['interchange', 'interchangeEnd']);
  });

  it('are the same however the bytes are cut', () => {
    const bytes = Buffer.from('\ufeff[{"é":"€\\"}\\\\","x":[1,"]"]} , {"y":{"z":-1.5e3}}\n] ');
    const whole = decode(bytes);
    expect(faults(whole)).to.deep.equal([]);
    for (let cut = 1; cut < bytes.length; cut++)
      expect(decode(bytes, {}, cut)).to.deep.equal(whole);
  });

  it('are judged one by one where one is too large or too deep', () => {
    const text = `[{"a":1},{"b":"${'x'.repeat(100)}"},{"c":[[[1]]]},{"d":4}]`;
    const events = decode(text, { messageBytes: 50, treeDepth: 4 });
    expect(roots(events).map(show)).to.deep.equal([
      ':object{a:number=1}',
      ':object',
      ':object',
      ':object{d:number=4}',
    ]);
    expect(messages(events).map(({ findings }) => findings.map(({ code }) => code))).to.deep.equal([
      [],
      ['message-too-large'],
      ['tree-too-large'],
      [],
    ]);
  });
});

describe('json faults', () => {
  const broken: readonly (readonly [string, string | Buffer, string])[] = [
    ['an end inside an object', '{"a":1', 'truncated at 6 in file'],
    ['an end inside an array', '[{"a":1}', 'truncated at 8 in file'],
    ['an end inside a string', '{"a":"}', 'truncated at 7 in file'],
    ['nothing', ' \n', 'empty-file at 0 in file'],
    ['a scalar', '12', 'root-unexpected at 0 in file'],
    ['an array of scalars', '[1]', 'root-unexpected at 1 in file'],
    ['an array of arrays', '[[{}]]', 'root-unexpected at 1 in file'],
    ['two objects on a line', '{} {}', 'not-well-formed at 3 in file'],
    ['something after an array', '[{}] x', 'not-well-formed at 5 in file'],
    ['no comma between messages', '[{} {}]', 'not-well-formed at 4 in file'],
    ['a comma too many', '{"a":1,}', 'not-well-formed at 7 in file'],
    ['a comma too many in an array', '{"a":[1,]}', 'not-well-formed at 8 in a/1'],
    ['a comma too many after a message', '[{},]', 'root-unexpected at 4 in file'],
    ['no colon', '{"a" 1}', 'not-well-formed at 5 in a'],
    ['brackets that do not match', '{"a":[1}}', 'not-well-formed at 7 in a'],
    ['a bracket too few', '{"a":[1}', 'truncated at 8 in file'],
    ['single quotes', "{'a':1}", 'not-well-formed at 1 in file'],
    ['a comment', '{/**/}', 'not-well-formed at 1 in file'],
    ['a leading zero', '{"a":{"b":007}}', 'not-well-formed at 10 in a/b'],
    ['a plus', '{"a":+1}', 'not-well-formed at 5 in a'],
    ['a bare point', '{"a":.5}', 'not-well-formed at 5 in a'],
    ['NaN', '{"a":NaN}', 'not-well-formed at 5 in a'],
    ['a word too long', '{"a":nullx}', 'not-well-formed at 5 in a'],
    ['a line break in a string', '{"a":"x\ny"}', 'not-well-formed at 7 in a'],
    ['an unknown escape', '{"a":"\\x"}', 'not-well-formed at 6 in a'],
    ['half a surrogate pair', '{"a":"\\ud800"}', 'not-well-formed at 5 in a'],
    [
      'bytes that are not UTF-8',
      Buffer.from('{"a":"\xff"}', 'latin1'),
      'character-bad at 6 in file',
    ],
    ['UTF-16', Buffer.from('\ufeff{}', 'utf16le'), 'encoding-unknown at 0 in file'],
    ['a member given twice', '{"a":{"b":1,"b":2}}', 'member-twice at 12 in a/b'],
  ];
  for (const [what, text, told] of broken) {
    it(`tells of ${what} with its byte`, () => expect(faults(decode(text))).to.deep.equal([told]));
  }

  it('keeps the first of a member given twice', () => {
    expect(shown('{"a":1,"a":2}')).to.equal(':object{a:number=1}');
  });

  it('tells of messages before the fault and of none after it', () => {
    const events = decode('[{"a":1},{"a":},{"a":3}]');
    expect(roots(events).map(show)).to.deep.equal([':object{a:number=1}']);
    expect(faults(events)).to.deep.equal(['not-well-formed at 14 in a']);
  });
});

describe('json from the outside', () => {
  it('judges as JSON.parse does, and reads the same values', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"b"',
      '1',
      '-',
      '0.5e1',
      'null',
      ' ',
      '"',
      '\\',
    );
    const noise = fc.array(pieces, { maxLength: 12 }).map((parts) => `{"x":${parts.join('')}}`);
    const real = fc.dictionary(fc.string(), fc.jsonValue()).map((value) => JSON.stringify(value));
    fc.assert(
      fc.property(fc.oneof(noise, real), fc.integer({ min: 1, max: 9 }), (text, cut) => {
        const events = decode(text);
        expect(decode(text, {}, cut)).to.deep.equal(events);
        const wrong = faults(events).filter((fault) => !fault.startsWith('member-twice'));
        expect(wrong.length === 0, text).to.equal(isJson(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('never throws on any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => void decode(bytes)));
  });

  const bombs: readonly (readonly [string, string, string])[] = [
    ['a million nested arrays', `{"a":${'['.repeat(1e6)}${']'.repeat(1e6)}}`, 'tree-too-large'],
    ['a million open arrays', `{"a":${'['.repeat(1e6)}`, 'truncated'],
    ['five million values', `{"a":[${'1,'.repeat(5e6)}1]}`, 'tree-too-large'],
    ['a number of 10 MB', `{"a":${'1'.repeat(1e7)}}`, 'not-well-formed'],
    ['a string of 20 MB', `{"a":"${'x'.repeat(2e7)}"}`, 'message-too-large'],
    ['a million equal members', `{${'"a":1,'.repeat(9e5)}"a":1}`, 'member-twice'],
    ['a hundred thousand messages', `[${'{},'.repeat(1e5)}{}]`, ''],
  ];
  for (const [what, text, told] of bombs) {
    it(`ends soon on ${what}`, function () {
      this.timeout(8000);
      const found = faults(decode(text));
      expect(found[0]?.replace(/ at .*/s, '') ?? '').to.equal(told);
      expect(found.length).to.be.below(101);
    });
  }
});

describe('json sniffing', () => {
  it('knows an object or an array behind blanks', () => {
    for (const head of ['{', '[', ' \r\n\t{', '\ufeff[']) {
      expect(json.sniff(Buffer.from(head)), head).to.equal(true);
    }
    for (const head of ['', ' ', '"', '1', '<', 'ISA*', 'UNA:']) {
      expect(json.sniff(Buffer.from(head)), head).to.equal(false);
    }
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return !/\\u[dD][89abAB]/.test(text) || text.isWellFormed();
  } catch {
    return false;
  }
}
