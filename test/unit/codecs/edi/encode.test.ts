/** What the X12 and EDIFACT codecs write, and what they refuse to write. */
import { expect } from 'chai';
import fc from 'fast-check';
import { edifact } from '../../../../src/codecs/edifact/index.ts';
import { x12 } from '../../../../src/codecs/x12/index.ts';
import { type Codec, defaultDecodeLimits } from '../../../../src/model/codec.ts';
import type { GroupData, InterchangeData, Syntax } from '../../../../src/model/envelope.ts';
import { isHubError } from '../../../../src/model/errors.ts';
import type { ElementData, SegmentData } from '../../../../src/model/message.ts';
import { segmentData } from '../../../support/segment-data.ts';
import { eventsOf } from '../../../support/segment-events.ts';

const x12Syntax: Syntax = {
  version: '00401',
  charset: 'utf8',
  element: '*',
  component: '>',
  terminator: '~',
  decimalMark: '.',
};
const edifactSyntax: Syntax = {
  version: '3',
  charset: 'UNOC',
  element: '+',
  component: ':',
  terminator: "'",
  release: '?',
  decimalMark: '.',
};

function interchange(
  standard: 'x12' | 'edifact',
  segments: readonly SegmentData[],
  syntax: Partial<Syntax> = {},
): InterchangeData {
  const isX12 = standard === 'x12';
  const name = isX12 ? '855' : 'ORDRSP';
  const version = isX12 ? '004010' : 'D96A';
  const content = { form: 'segments', segments } as const;
  const messages = [{ type: { standard, version, name }, control: '0001', content }];
  return {
    standard,
    control: '12',
    sender: { qualifier: 'ZZ', id: 'US' },
    receiver: { qualifier: '14', id: 'ACME' },
    preparedAt: '2026-03-01T14:05:00',
    offset: '+00:00',
    isTest: false,
    wantsAcknowledgement: false,
    syntax: { ...(isX12 ? x12Syntax : edifactSyntax), ...syntax },
    groups: [
      { functionalId: 'PR', control: '7', sender: 'US', receiver: 'ACME', version, messages },
    ],
  };
}

const one = (...elements: ElementData[]): readonly SegmentData[] => [{ tag: 'MSG', elements }];
const text = (codec: Codec, data: InterchangeData): string =>
  Buffer.from(codec.encode(data)).toString('latin1');

function refusal(codec: Codec, data: InterchangeData): string {
  try {
    codec.encode(data);
  } catch (error) {
    if (isHubError(error) && error.code === 'cannot-encode') return error.message;
    throw error;
  }
  throw new Error('it was written');
}

describe('X12 is written', () => {
  it('with a fixed ISA, counts, control numbers and without trailing empties', () => {
    const data = interchange('x12', one('A', '', ['b', 'c', ''], ''), { lineBreak: '\n' });
    expect(text(x12, data).split('\n')).to.deep.equal([
      'ISA*00*          *00*          *ZZ*US             *14*ACME           *260301*1405*U*00401*000000012*0*P*>~',
      'GS*PR*US*ACME*20260301*1405*7*X*004010~',
      'ST*855*0001~',
      'MSG*A**b>c~',
      'SE*3*0001~',
      'GE*1*7~',
      'IEA*1*000000012~',
      '',
    ]);
  });

  it('with its repetition separator in ISA11 from 00402 on', () => {
    const data = interchange('x12', one({ repeats: ['a', ['b', 'c'], ''] }), {
      version: '00501',
      repetition: '^',
    });
    expect(text(x12, data)).to.include('*1405*^*00501*').and.include('MSG*a^b>c~');
  });

  it('without repetitions before: they are refused', () => {
    expect(refusal(x12, interchange('x12', one({ repeats: ['a', 'b'] })))).to.match(/repeat/);
  });

  for (const bad of ['*', '>', '~', '\n', '\0']) {
    it(`never with ${JSON.stringify(bad)} inside data`, () => {
      expect(refusal(x12, interchange('x12', one('x', `a${bad}b`)))).to.match(/855 0001.*MSG02/);
      const replaced = interchange('x12', one(`a${bad}b`), { inData: { replace: ' ' } });
      expect(text(x12, replaced)).to.include('MSG*a b~');
    });
  }

  it('never with a replacement that is a separator itself', () => {
    const data = interchange('x12', one('a~b'), { inData: { replace: '*' } });
    expect(refusal(x12, data)).to.match(/MSG01/);
  });

  it('never with a tag, id or control number that would break the frame', () => {
    const injected = [{ tag: 'N1*X~SE', elements: [] }];
    expect(refusal(x12, interchange('x12', injected))).to.match(/no segment tag/);
    const long = { ...interchange('x12', []), sender: { qualifier: 'ZZ', id: 'X'.repeat(16) } };
    expect(refusal(x12, long)).to.match(/ISA06/);
    const star = { ...interchange('x12', []), receiver: { qualifier: 'ZZ', id: 'A*B' } };
    expect(refusal(x12, star)).to.match(/ISA08/);
  });

  it('never with separators that cannot be told apart', () => {
    for (const terminator of ['*', 'A', '', '~~', ' ']) {
      expect(refusal(x12, interchange('x12', [], { terminator }))).to.match(/separators/);
    }
  });

  it('in latin1 where that is agreed, refusing what latin1 lacks', () => {
    expect(text(x12, interchange('x12', one('CAFÉ'), { charset: 'latin1' }))).to.include('CAF\xc9');
    expect(text(x12, interchange('x12', one('CAFÉ')))).to.include('CAF\xc3\x89');
    expect(refusal(x12, interchange('x12', one('€'), { charset: 'latin1' }))).to.match(/€.*latin1/);
  });

  it('with TA1 between ISA and GS, and not counted as a group', () => {
    const data = interchange('x12', []);
    const type = { standard: 'x12', version: '004010', name: 'TA1' };
    const segments = [{ tag: 'TA1', elements: ['000000017', '260228', '0900', 'A', '000'] }];
    const content = { form: 'segments', segments } as const;
    const group = { ...data.groups[0]!, messages: [{ type, control: '', content }] };
    expect(text(x12, { ...data, groups: [group] })).to.match(
      /~TA1\*000000017\*260228\*0900\*A\*000~IEA\*0\*000000012~$/,
    );
  });
});

describe('EDIFACT is written', () => {
  it('with UNA, counts, references, and everything released that separates', () => {
    const segments = one(['220'], "O'Neil+Sons: 50?", ['', 'b', '']);
    const data = { ...interchange('edifact', segments, { lineBreak: '\n' }), isTest: true };
    expect(text(edifact, data).split('\n')).to.deep.equal([
      "UNA:+.? '",
      "UNB+UNOC:3+US:ZZ+ACME:14+260301:1405+12++++++1'",
      "UNH+0001+ORDRSP:D:96A:UN'",
      "MSG+220+O?'Neil?+Sons?: 50??+:b'",
      "UNT+3+0001'",
      "UNZ+1+12'",
      '',
    ]);
  });

  it('asking for an acknowledgement in 0031', () => {
    const data = { ...interchange('edifact', []), wantsAcknowledgement: true };
    expect(text(edifact, data)).to.include("+12++++1'");
  });

  it('with the references that are agreed, in UNB and UNH', () => {
    const terms = {
      ...{ applicationReference: 'ORDRSP', priority: 'A', agreementId: 'EANCOM' },
      accessReference: 'CASE 7',
    };
    const written = text(edifact, { ...interchange('edifact', []), terms });
    expect(written).to.include("+12++ORDRSP+A++EANCOM'");
    expect(written).to.include("UNH+0001+ORDRSP:D:96A:UN+CASE 7'");
  });

  it('in functional groups where that is agreed, each with its own number and count', () => {
    const data = interchange('edifact', []);
    const [group] = data.groups as readonly [GroupData];
    const groups = [
      { ...group, senderQualifier: 'ZZ' },
      { ...group, control: '8', messages: [...group.messages, ...group.messages] },
    ];
    const written = text(edifact, { ...data, groups, terms: { groups: true } });
    expect(written.split("'").filter((it) => /^UN[GEZ]/.test(it))).to.deep.equal([
      'UNG+ORDRSP+US:ZZ+ACME+260301:1405+7+UN+D:96A',
      'UNE+1+7',
      'UNG+ORDRSP+US+ACME+260301:1405+8+UN+D:96A',
      'UNE+2+8',
      'UNZ+2+12',
    ]);
  });

  it('never with ids or numbers that UNB and UNG have no room for', () => {
    const data = interchange('edifact', []);
    const long = { qualifier: '14', id: 'X'.repeat(36) };
    expect(refusal(edifact, { ...data, sender: long })).to.match(/UNB02.*1 to 35/);
    expect(refusal(edifact, { ...data, receiver: { qualifier: '', id: '' } })).to.match(/UNB03/);
    expect(refusal(edifact, { ...data, control: '123456789012345' })).to.match(/UNB05.*1 to 14/);
    const groups = data.groups.map((group) => ({ ...group, sender: '' }));
    expect(refusal(edifact, { ...data, groups, terms: { groups: true } })).to.match(/UNG02/);
  });

  it('in syntax 4 with four-digit years, and S001 in four parts where that is agreed', () => {
    const syntax = { version: '4', repetition: '*', directory: '40102', encoding: '2' };
    const data = { ...interchange('edifact', [], syntax), terms: { groups: true } };
    expect(text(edifact, data)).to.match(
      /^UNA:\+\.\?\*'UNB\+UNOC:4:40102:2\+.*\+20260301:1405\+12'/,
    );
    expect(text(edifact, data)).to.include('+ACME+20260301:1405+7+UN+D:96A');
  });

  it('with what a character set lacks replaced where that is agreed, by its likeness first', () => {
    const written = (charset: string, value: string): string =>
      text(edifact, interchange('edifact', one(value), { charset, inData: { replace: '.' } }));
    expect(written('UNOA', 'Café_1@b')).to.include("MSG+CAFE.1.B'");
    expect(written('UNOC', 'Łódź 5 €')).to.include("MSG+.\xf3dz 5 .'");
    expect(written('UNOB', 'tab\tin')).to.include("MSG+tab.in'");
    const badly = interchange('edifact', one('a@b'), { charset: 'UNOB', inData: { replace: '_' } });
    expect(refusal(edifact, badly)).to.match(/"_".*UNOB/);
  });

  it('with repetitions in syntax 4', () => {
    const data = interchange('edifact', one({ repeats: [['a', 'b'], 'c*'] }), {
      version: '4',
      repetition: '*',
    });
    expect(text(edifact, data)).to.include('+20260301:1405+').and.include("MSG+a:b*c?*'");
  });

  it('in the charset that is agreed, refusing what it lacks', () => {
    const written = (charset: string, value: string): string =>
      text(edifact, interchange('edifact', one(value), { charset }));
    expect(written('UNOC', 'MÜLLER')).to.include('M\xdcLLER');
    expect(written('UNOY', 'Łódź')).to.include(Buffer.from('Łódź').toString('latin1'));
    expect(written('UNOD', 'Łódź')).to.include('\xa3\xf3d\xbc');
    const refused = (charset: string, value: string): string =>
      refusal(edifact, interchange('edifact', one(value), { charset }));
    expect(refused('UNOA', 'lower')).to.match(/"l".*UNOA/);
    expect(refused('UNOB', 'a@b')).to.match(/"@".*UNOB/);
    expect(refused('UNOC', '10 €')).to.match(/"€".*UNOC/);
    expect(refused('UNOD', 'ж')).to.match(/UNOD/);
    expect(refused('UNOY', 'a\ud800')).to.match(/UNOY/);
    expect(refused('UNOC', 'two\nlines')).to.match(/ORDRSP 0001.*MSG01/);
    expect(refused('NONE', 'x')).to.match(/NONE/);
  });

  it('never with a separator where nothing can release it', () => {
    const { release: _, ...level } = { ...edifactSyntax, element: '\x1d' };
    const data = { ...interchange('edifact', one('a:b')), syntax: level };
    expect(refusal(edifact, data)).to.match(/separator/);
  });
});

for (const { codec, standard } of [
  { codec: x12, standard: 'x12' },
  { codec: edifact, standard: 'edifact' },
] as const) {
  describe(`${standard}: what is written is read`, () => {
    // Repetitions need a version that has them; characters that X12 cannot carry are replaced.
    const syntax: Partial<Syntax> =
      standard === 'x12'
        ? { version: '00501', repetition: '^', inData: { replace: ' ' } }
        : { version: '4', repetition: '*', charset: 'UNOY' };
    const value = fc
      .string({ unit: fc.constantFrom(...'AB1 \'+:?*^~>é€\\"'), maxLength: 6 })
      .map((it) => (standard === 'x12' ? it.replaceAll(/[*>~^]/g, ' ') : it));
    const repeat = fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 4 }));
    const element: fc.Arbitrary<ElementData> = fc.oneof(
      repeat,
      fc.array(repeat, { minLength: 1, maxLength: 3 }).map((repeats) => ({ repeats })),
    );
    const segment = fc.record({
      tag: fc
        .constantFrom('BGM', 'RFF', 'N1', 'MSG')
        .filter((tag) => tag !== 'N1' || standard === 'x12'),
      elements: fc.array(element, { maxLength: 5 }),
    });

    it('and written again it is the same bytes', () => {
      fc.assert(
        fc.property(fc.array(segment, { maxLength: 8 }), (segments) => {
          const first = codec.encode(interchange(standard, segments, syntax));
          const read = contentOf(codec, first);
          const second = codec.encode(interchange(standard, read, syntax));
          expect(Buffer.from(second).toString()).to.equal(Buffer.from(first).toString());
        }),
        { numRuns: 300, seed: 3 },
      );
    });

    it('without a finding', () => {
      const bytes = codec.encode(interchange(standard, one('a'), syntax));
      const events = eventsOf(codec, [bytes]) as readonly { findings?: readonly string[] }[];
      expect(events.flatMap(({ findings }) => findings ?? [])).to.deep.equal([]);
    });

    it('and one message is read again from its own bytes', () => {
      const bytes = codec.encode(interchange(standard, one(['a', 'b'], "c'd?"), syntax));
      const decoder = codec.decoder(
        (event) => {
          if (event.is !== 'message') return;
          const { type, control, index, start, end, content } = event.message;
          const own = bytes.slice(start, end);
          const whole = { ...x12Syntax, ...edifactSyntax, ...syntax };
          const used = standard === 'x12' ? { ...x12Syntax, ...syntax } : whole;
          const found = { type, control, index, start };
          const again = codec.message(own, found, used, defaultDecodeLimits);
          expect(again.end).to.equal(end);
          expect(segmentData(again.content)).to.deep.equal(segmentData(content));
        },
        { limits: defaultDecodeLimits },
      );
      decoder.write(bytes);
      decoder.end();
    });
  });
}

/** The segments of the only message, without header and trailer. */
function contentOf(codec: Codec, bytes: Uint8Array): readonly SegmentData[] {
  const found: SegmentData[] = [];
  const decoder = codec.decoder(
    (event) => {
      if (event.is === 'message') found.push(...segmentData(event.message.content).slice(1, -1));
    },
    { limits: defaultDecodeLimits },
  );
  decoder.write(bytes);
  decoder.end();
  return found;
}
