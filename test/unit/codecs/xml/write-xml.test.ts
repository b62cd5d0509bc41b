import { expect } from 'chai';
import fc from 'fast-check';
import { readXml } from '../../../../src/codecs/xml/read-xml.ts';
import { writeXml } from '../../../../src/codecs/xml/write-xml.ts';
import { defaultDecodeLimits as limits } from '../../../../src/model/codec.ts';
import type { TreeData, TreeNode } from '../../../../src/model/message.ts';

const text = (root: TreeData, writing = {}) => Buffer.from(writeXml(root, writing)).toString();

describe('xml writer', () => {
  it('escapes what markup and line ends would change', () => {
    const root = { name: 'a', text: '<&>"\r\n', attributes: [{ name: 'b', value: '<&>"\'\t\n' }] };
    expect(text(root)).to.equal(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<a b="&lt;&amp;&gt;&quot;\'&#9;&#10;">&lt;&amp;&gt;"&#13;\n</a>\n',
    );
  });

  it('indents for people, but never beside text', () => {
    const mixed = { name: 'm', text: 'x', children: [{ name: 'i', children: [{ name: 'j' }] }] };
    const root = { name: 'a', children: [{ name: 'b' }, mixed] };
    expect(text(root, { lineBreak: '\n' })).to.equal(
      '<?xml version="1.0" encoding="UTF-8"?>\n<a>\n  <b/>\n  <m>x<i><j/></i></m>\n</a>\n',
    );
  });

  it('writes ISO-8859-1 with references for what it lacks', () => {
    const bytes = Buffer.from(writeXml({ name: 'a', text: 'é€😀' }, { charset: 'latin1' }));
    expect(bytes.toString('latin1')).to.include('>é&#8364;&#128512;<');
    expect(readXml(bytes, { limits }).root?.text).to.equal('é€😀');
  });

  const refused: readonly (readonly [string, TreeData])[] = [
    ['a control character', { name: 'a', text: 'x\u0000' }],
    ['a noncharacter', { name: 'a', attributes: [{ name: 'b', value: '\uffff' }] }],
    ['half a surrogate pair', { name: 'a', text: '\ud800' }],
    ['a name with a blank', { name: 'a b' }],
    ['a name that is markup', { name: 'a', children: [{ name: 'b><c' }] }],
    [
      'an attribute name that is markup',
      { name: 'a', attributes: [{ name: 'b="1" c', value: '' }] },
    ],
    [
      'an attribute given twice',
      { name: 'a', attributes: [...'bb'].map((name) => ({ name, value: '' })) },
    ],
  ];
  for (const [what, root] of refused) {
    it(`refuses ${what}`, () => {
      expect(() => writeXml(root))
        .to.throw()
        .with.property('code', 'cannot-encode');
    });
  }

  it('does not repeat a refused value', () => {
    expect(() => writeXml({ name: 'a', text: 'secret\u0001' })).to.throw(/^(?!.*secret)/);
  });

  it('is read back as it was written', () => {
    const name = fc.constantFrom('a', 'b:c', 'é', '_1');
    const value = fc.string({ unit: 'grapheme' }).filter((one) => !/[^\t\n\r -\ufffd]/u.test(one));
    const { tree } = fc.letrec<{ tree: TreeData }>((tie) => ({
      tree: fc.record({
        name,
        text: value.map((one) => one.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')),
        attributes: fc.uniqueArray(fc.record({ name, value }), { selector: (one) => one.name }),
        children: fc.oneof(
          { maxDepth: 4 },
          fc.constant([]),
          fc.array(tie('tree'), { maxLength: 3 }),
        ),
      }),
    }));
    const writing = fc.constantFrom({}, { lineBreak: '\n' }, { charset: 'latin1' });
    fc.assert(
      fc.property(tree, writing, (root, how) => {
        // ISO-8859-1 cannot name an element outside of it; é is inside.
        const { root: found, fault } = readXml(writeXml(root, how), { limits });
        expect(fault).to.equal(undefined);
        expect(found && plain(found)).to.deep.equal(root);
      }),
    );
  });
});

const plain = ({ name, text, attributes, children }: TreeNode): TreeData => ({
  name,
  text,
  attributes: attributes.map((one) => ({ name: one.name, value: one.value })),
  children: children.map(plain),
});
