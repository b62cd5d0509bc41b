import { expect } from 'chai';
import fc from 'fast-check';
import { encodeJson } from '../../../../src/codecs/json/encode.ts';
import { readJson } from '../../../../src/codecs/json/read-json.ts';
import { defaultDecodeLimits as limits } from '../../../../src/model/codec.ts';
import type { InterchangeData } from '../../../../src/model/envelope.ts';
import type { TreeData } from '../../../../src/model/message.ts';

const nobody = { qualifier: '', id: '' };
const interchange = (...roots: readonly TreeData[]): InterchangeData => ({
  standard: 'json',
  control: '',
  sender: nobody,
  receiver: nobody,
  preparedAt: '2026-03-01T14:05:00',
  offset: '+01:00',
  isTest: false,
  wantsAcknowledgement: false,
  syntax: {
    version: '1.0',
    charset: 'utf8',
    element: '',
    component: '',
    terminator: '',
    decimalMark: '.',
  },
  groups: [
    {
      functionalId: '',
      control: '',
      sender: '',
      receiver: '',
      version: '',
      messages: roots.map((root) => ({
        type: { standard: 'json', version: 'erp', name: 'order' },
        control: '',
        content: { form: 'tree', root },
      })),
    },
  ],
});

const text = (...roots: readonly TreeData[]) =>
  Buffer.from(encodeJson(interchange(...roots))).toString();
const object = (...children: readonly TreeData[]): TreeData => ({ name: '', children });

describe('json writer', () => {
  it('writes each value as its kind says, and text where none is said', () => {
    const root = object(
      { name: 'a', text: '1.10', json: 'number' },
      { name: 'b', text: '1.10' },
      { name: 'c', text: 'true', json: 'boolean' },
      { name: 'd', json: 'null' },
      { name: 'e', text: '"\n\u0001é' },
      { name: 'f', json: 'object' },
    );
    expect(text(root)).to.equal(
      '{"a":1.10,"b":"1.10","c":true,"d":null,"e":"\\"\\n\\u0001é","f":{}}\n',
    );
  });

  it('writes children of one name as an array, and one alone where it says so', () => {
    const line = { name: 'lines', children: [{ name: 'n', text: '1' }] };
    expect(text(object(line, line))).to.equal('{"lines":[{"n":"1"},{"n":"1"}]}\n');
    expect(text(object(line))).to.equal('{"lines":{"n":"1"}}\n');
    expect(text(object({ ...line, inArray: true }))).to.equal('{"lines":[{"n":"1"}]}\n');
    expect(text(object({ ...line, json: 'array' }))).to.equal('{"lines":[{"n":"1"}]}\n');
    expect(text(object({ name: 'lines', json: 'array' }))).to.equal('{"lines":[]}\n');
  });

  it('writes several messages as an array', () => {
    const root = object({ name: 'a', text: 'x' });
    expect(text(root, root)).to.equal('[{"a":"x"},{"a":"x"}]\n');
  });

  const refused: readonly (readonly [string, TreeData])[] = [
    ['01', { name: 'a', text: '01', json: 'number' }],
    ['1,5', { name: 'a', text: '1,5', json: 'number' }],
    ['an empty number', { name: 'a', text: '', json: 'number' }],
    ['yes', { name: 'a', text: 'yes', json: 'boolean' }],
    ['half a surrogate pair', { name: 'a', text: '\ud800' }],
    ['half a surrogate pair in a name', { name: '\ud800', text: '' }],
    ['attributes', { name: 'a', attributes: [{ name: 'b', value: '' }] }],
  ];
  for (const [what, node] of refused) {
    it(`refuses ${what}`, () => {
      expect(() => text(object(node)))
        .to.throw()
        .with.property('code', 'cannot-encode');
    });
  }

  it('is read back as it was: only null and empty arrays are left out', () => {
    const value = fc.jsonValue({ depthSize: 'medium' }).map(withoutAbsent);
    fc.assert(
      fc.property(fc.dictionary(fc.string(), value), (given) => {
        const source = JSON.stringify(withoutAbsent(given));
        const found = readJson(Buffer.from(source), { limits, start: 0 });
        if (!('root' in found)) throw new Error(found.fault.text);
        expect(JSON.parse(text(found.root))).to.deep.equal(JSON.parse(source));
      }),
    );
  });
});

/** What is absent in the tree, at any depth; arrays inside arrays stay. */
function withoutAbsent(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(withoutAbsent);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, withoutAbsent(member)]);
  return Object.fromEntries(members.filter(([, member]) => !isAbsent(member)));
}

const isAbsent = (value: unknown): boolean =>
  value === null || (Array.isArray(value) && value.length === 0);
