import { expect } from 'chai';
import { edifact } from '../../../src/codecs/edifact/index.ts';
import { x12 } from '../../../src/codecs/x12/index.ts';
import { standardsFindings } from '../../../src/model/catalogue/standards.ts';
import type { FindingCode } from '../../../src/model/catalogue.ts';
import type { Codec } from '../../../src/model/codec.ts';
import type { InterchangeData } from '../../../src/model/envelope.ts';
import { type Finding, isError, type Place } from '../../../src/model/finding.ts';
import type { ContentData, MessageType } from '../../../src/model/message.ts';
import type { AnswerRow } from '../../../src/standards/acknowledge/answer.ts';
import { contrlGap } from '../../../src/standards/acknowledge/contrl-gap.ts';
import { acknowledgedAs } from '../../../src/standards/acknowledge/error-codes.ts';
import { isAcknowledgement } from '../../../src/standards/acknowledge/kinds.ts';
import type { MessageOutcome } from '../../../src/standards/acknowledge/outcome.ts';
import { readAcknowledgement } from '../../../src/standards/acknowledge/read.ts';
import { contrlType, writeContrl } from '../../../src/standards/acknowledge/write-contrl.ts';
import { write997 } from '../../../src/standards/acknowledge/write-functional.ts';
import { checkFile, edifactFile, standards, x12File } from '../../support/check-file.ts';

const x12Syntax = {
  ...{ version: '00401', charset: 'latin1', element: '*', component: '>' },
  ...{ terminator: '~', decimalMark: '.' },
};
const edifactSyntax = {
  ...{ version: '3', charset: 'UNOC', element: '+', component: ':' },
  ...{ terminator: "'", release: '?', decimalMark: '.' },
};

/** The acknowledgement as a file of its own. */
function encoded(codec: Codec, type: MessageType, content: ContentData): Buffer {
  const isX12 = codec.name === 'x12';
  const data: InterchangeData = {
    standard: codec.name,
    control: '000000002',
    sender: { qualifier: 'ZZ', id: 'TRADELANE' },
    receiver: { qualifier: 'ZZ', id: 'ACMERETAIL' },
    preparedAt: '2024-03-01T14:05:00',
    offset: '+00:00',
    isTest: true,
    wantsAcknowledgement: false,
    syntax: isX12 ? x12Syntax : edifactSyntax,
    groups: [
      {
        ...{ functionalId: 'FA', control: '2', sender: 'TRADELANE', receiver: 'ACMERETAIL' },
        version: '004010',
        messages: [{ type, control: '0001', content }],
      },
    ],
  };
  return Buffer.from(codec.encode(data));
}

const type997 = { standard: 'x12', version: '004010', name: '997' };
const typeContrl = { standard: 'edifact', version: 'D3', name: 'CONTRL' };

/** Segments between header and trailer, as text. */
function written(codec: Codec, type: MessageType, content: ContentData): readonly string[] {
  const [terminator, header, trailer] = codec === x12 ? ['~', 'ST', 'SE'] : ["'", 'UNH', 'UNT'];
  const segments = encoded(codec, type, content)
    .toString('latin1')
    .split(terminator as string);
  const from = segments.findIndex((it) => it.startsWith(header as string));
  const to = segments.findIndex((it) => it.startsWith(trailer as string));
  return segments.slice(from + 1, to);
}

function outcomesOf(bytes: Buffer): readonly MessageOutcome[] {
  return checkFile(bytes).map(({ type, control, findings }) => ({
    ...{ type, control, findings },
    state: findings.some(isError) ? ('rejected' as const) : ('accepted' as const),
  }));
}

const group = (messages: readonly MessageOutcome[], more = {}) => ({
  ...{ functionalId: 'PO', control: '7', counted: messages.length, findings: [], messages },
  ...more,
});

const interchange = (messages: readonly MessageOutcome[], more = {}) => ({
  control: '77',
  sender: { qualifier: '14', id: '4012345000009' },
  receiver: { qualifier: '14', id: '4098765000004' },
  syntax: '3',
  isRejected: false,
  findings: [],
  messages,
  ...more,
});

const faultAt = (code: FindingCode, place: Place): Finding => ({
  ...{ code, place, severity: 'error', fault: 'partner', text: 'It is wrong.' },
});

const good850 = ['BEG*00*SA*PO-1**20240229', 'PO1*1*10*EA*2.5**UP*012345678905', 'CTT*1'];
const bad850 = [
  'BEG*00*SA*PO-1**20230229',
  'ZZZ*1',
  'REF*D*038',
  'MEA*TI*WT*10*LB>1>1>LB>1>1>LB>1>1>LB>1>1>LB>1>1>LB',
  'PO1*1*1x*EA*2..5**UP',
  'PID*Q****BO\x07LT',
  'CTT*1',
];

const orders = ['BGM+220+PO1+9', 'DTM+137:20240229:102', 'LIN+1', 'UNS+S'];
const badOrders = ['DTM+137:20230229:102:X', 'LIN+1', 'QTY+21:,5', 'XXX+1', 'UNS+S+1+2'];

describe('997', () => {
  it('accepts a good set', () => {
    const content = write997(group(outcomesOf(x12File('850', good850))));
    expect(written(x12, type997, content)).to.deep.equal([
      'AK1*PO*7',
      'AK2*850*0001',
      'AK5*A',
      'AK9*A*1*1*1',
    ]);
  });

  it('says what is wrong, segment by segment', () => {
    const content = write997(group(outcomesOf(x12File('850', bad850))), { standards });
    expect(written(x12, type997, content)).to.deep.equal([
      'AK1*PO*7',
      'AK2*850*0001',
      'AK3*BEG*2**8',
      'AK4*5*373*8*20230229',
      'AK3*ZZZ*3**1',
      'AK3*REF*4**8',
      'AK4*1*128*4*D',
      'AK3*MEA*5**8',
      'AK4*4>16**3*LB',
      'AK3*PO1*6**8',
      'AK4*2*330*6',
      'AK4*4*212*6',
      'AK4*7*234*2',
      'AK3*PID*7**8',
      'AK4*5*352*6',
      'AK5*R*5',
      'AK9*R*1*1*0',
    ]);
  });

  it('is partly accepted when one set of two is refused', () => {
    const messages = [good850, bad850.slice(0, 2)].flatMap((it) => outcomesOf(x12File('850', it)));
    const all = write997(group(messages));
    expect(written(x12, type997, all).at(-1)).to.equal('AK9*P*2*2*1');
    const short = write997(group(messages), { omitAccepted: true });
    expect(written(x12, type997, short)[2]).to.equal('AK3*BEG*2**8');
  });

  it('tells faults of the group and what its trailer counted', () => {
    const finding = {
      code: 'count-wrong',
      severity: 'error',
      fault: 'partner',
      place: { path: 'GE' },
      text: 'GE01 is 3.',
    } as const;
    const messages = outcomesOf(x12File('850', good850));
    const content = write997(group(messages, { counted: 3, findings: [finding] }));
    expect(written(x12, type997, content).at(-1)).to.equal('AK9*E*3*1*1*5');
  });

  it('gives a reason for every rejection', () => {
    const [outcome] = outcomesOf(x12File('850', good850));
    const content = write997(group([{ ...(outcome as MessageOutcome), state: 'rejected' }]));
    expect(written(x12, type997, content)[2]).to.equal('AK5*R*5');
  });

  it('copies nothing that could be a separator, and no tag that cannot be', () => {
    const body = ['BEG*00*SA*PO-1**2024|>^:', 'toolong*1'];
    const text = written(x12, type997, write997(group(outcomesOf(x12File('850', body))))).join('~');
    expect(text).to.match(/AK4\*5\*\*\d+~/);
  });

  for (const [name, body] of [
    ['good', good850],
    ['bad', bad850],
  ] as const) {
    it(`is itself without findings (${name})`, () => {
      const content = write997(group(outcomesOf(x12File('850', body))), { standards });
      const [checked] = checkFile(encoded(x12, type997, content));
      expect(checked?.findings).to.deep.equal([]);
    });
  }
});

describe('CONTRL', () => {
  it('accepts a good message', () => {
    const content = writeContrl(interchange(outcomesOf(edifactFile('ORDERS', orders))));
    expect(written(edifact, typeContrl, content as ContentData)).to.deep.equal([
      'UCI+77+4012345000009:14+4098765000004:14+7',
      'UCM+1+ORDERS:D:96A:UN+7',
    ]);
  });

  it('says what is wrong, counting the tag as the first position', () => {
    const content = writeContrl(interchange(outcomesOf(edifactFile('ORDERS', badOrders))));
    expect(written(edifact, typeContrl, content as ContentData)).to.deep.equal([
      'UCI+77+4012345000009:14+4098765000004:14+7',
      'UCM+1+ORDERS:D:96A:UN+4',
      'UCS+1+13',
      'UCS+2',
      'UCD+12+2:2',
      'UCD+16+2:4',
      'UCS+4',
      'UCD+19+2:2',
      'UCS+5+15',
      'UCS+6+16',
    ]);
  });

  it('refuses a whole interchange, or only says that it arrived', () => {
    const finding = {
      code: 'duplicate',
      severity: 'error',
      fault: 'partner',
      place: { path: 'UNB 77' },
      text: 'Received before.',
    } as const;
    const refused = writeContrl(interchange([], { isRejected: true, findings: [finding] }));
    const uci = 'UCI+77+4012345000009:14+4098765000004:14';
    expect(written(edifact, typeContrl, refused as ContentData)).to.deep.equal([`${uci}+4+26`]);
    const receipt = writeContrl(interchange([]), { receiptOnly: true });
    expect(written(edifact, typeContrl, receipt as ContentData)).to.deep.equal([`${uci}+8`]);
  });

  const [good, bad] = [orders, badOrders].map((it) => outcomesOf(edifactFile('ORDERS', it)));
  const report = (messages: readonly MessageOutcome[] = [], more = {}) => ({
    control: 'G1',
    sender: { qualifier: '', id: 'SALES' },
    receiver: { qualifier: '14', id: '4098765000004' },
    isRejected: false,
    findings: [],
    messages,
    ...more,
  });
  const lines = (told: ReturnType<typeof interchange>): readonly string[] =>
    written(edifact, typeContrl, writeContrl(told) as ContentData);

  it('answers each group for itself, and its messages below it', () => {
    const groups = [report(good), report(bad, { control: 'G2' })];
    expect(lines(interchange([], { groups }))).to.deep.equal([
      'UCI+77+4012345000009:14+4098765000004:14+7',
      'UCF+G1+SALES+4098765000004:14+7',
      'UCM+1+ORDERS:D:96A:UN+7',
      'UCF+G2+SALES+4098765000004:14+7',
      'UCM+1+ORDERS:D:96A:UN+4',
      ...lines(interchange(bad as readonly MessageOutcome[])).slice(2),
    ]);
  });

  it('refuses a group whole by its own first error, and says no more of what is in it', () => {
    const findings = [
      faultAt('count-wrong', { path: 'UNG G1 / UNE / UNE01', tag: 'UNE', element: 1 }),
      faultAt('control-differs', { path: 'UNG G1 / UNE / UNE02', tag: 'UNE', element: 2 }),
    ];
    const groups = [report(bad, { isRejected: true, findings })];
    expect(lines(interchange([], { groups }))).to.deep.equal([
      'UCI+77+4012345000009:14+4098765000004:14+7',
      'UCF+G1+SALES+4098765000004:14+4+29+UNE+2',
    ]);
  });

  it('leaves out groups of accepted messages where that is agreed', () => {
    const told = interchange([], { groups: [report(good), report(bad, { control: 'G2' })] });
    const content = writeContrl(told, { omitAccepted: true }) as ContentData;
    expect(written(edifact, typeContrl, content).slice(0, 2)).to.deep.equal([
      'UCI+77+4012345000009:14+4098765000004:14+7',
      'UCF+G2+SALES+4098765000004:14+7',
    ]);
  });

  it('copies all of S002, S003 and S009 as they were received', () => {
    const sender = { qualifier: '', id: 'US', internal: ['DEPT7', ''] };
    const [message] = good as readonly [MessageOutcome];
    const identifier = ['ORDERS', '90', '1', 'OD', 'ODETTE'];
    expect(lines(interchange([{ ...message, identifier }], { sender }))).to.deep.equal([
      'UCI+77+US::DEPT7+4098765000004:14+7',
      'UCM+1+ORDERS:90:1:OD:ODETTE+7',
    ]);
  });

  it('names the element of UNB by which an unknown sender or receiver was judged', () => {
    const refused = (code: FindingCode) =>
      lines(interchange([], { isRejected: true, findings: [faultAt(code, { path: 'UNB' })] }))[0];
    expect(refused('sender-unknown')).to.match(/\+4\+23\+UNB\+3$/);
    expect(refused('receiver-unknown')).to.match(/\+4\+7\+UNB\+4$/);
  });

  it('of syntax 4 says which repetition of an element is meant', () => {
    const place = { path: 'UNH 1 / FTX', tag: 'FTX', segment: 3, element: 4, repeat: 2 };
    const [message] = good as readonly [MessageOutcome];
    const findings = [faultAt('element-too-long', { ...place, component: 1 })];
    const messages = [{ ...message, state: 'rejected' as const, findings }];
    const last = (syntax: string) => lines(interchange(messages, { syntax })).at(-1);
    expect(last('4')).to.equal('UCD+39+5:1:2');
    expect(last('3')).to.equal('UCD+39+5:1');
    expect(contrlType('4').version).to.equal('41');
    expect([contrlType('3').version, contrlType('1').version]).to.deep.equal(['D3', 'D3']);
  });

  it('cannot be written without what it must copy, or with what it cannot copy', () => {
    const gaps = (told: ReturnType<typeof interchange>): string => {
      expect(writeContrl(told)).to.equal(undefined);
      return contrlGap(told) ?? '';
    };
    const nobody = { qualifier: '', id: '' };
    expect(gaps(interchange([], { control: '' }))).to.match(/^UNB 0020 is empty/);
    expect(gaps(interchange([], { sender: nobody }))).to.match(/S002 0004 is empty/);
    expect(gaps(interchange([], { control: '123456789012345' }))).to.match(
      /0020 is not of its own/,
    );
    expect(gaps(interchange([], { groups: [report([], { control: '' })] }))).to.match(/UNG 0048/);
    expect(gaps(interchange([], { groups: [report([], { sender: nobody })] }))).to.match(/S006/);
    const [message] = good as readonly [MessageOutcome];
    const identifier = ['DELINS', '3', '', 'OD'];
    expect(gaps(interchange([{ ...message, identifier }]))).to.match(/UNH 1 S009 0054/);
    expect(gaps(interchange([{ ...message, control: 'a\nb' }]))).to.match(/UNH 0062/);
  });

  for (const [name, body] of [
    ['good', orders],
    ['bad', badOrders],
  ] as const) {
    it(`is itself without findings (${name})`, () => {
      const content = writeContrl(interchange(outcomesOf(edifactFile('ORDERS', body))));
      const [checked] = checkFile(encoded(edifact, typeContrl, content as ContentData));
      expect(checked?.findings).to.deep.equal([]);
    });
  }
});

/** The rows of the first acknowledgement in a file. */
function answers(bytes: Buffer): readonly AnswerRow[] {
  const rows: AnswerRow[] = [];
  checkFile(bytes, { onMessage: (message) => rows.push(...readAcknowledgement(message)) });
  return rows;
}

const brief = (rows: readonly AnswerRow[]) =>
  rows.map(({ interchange, group, message, verdict, code }) =>
    [interchange, group, message, verdict, code].filter((it) => it !== undefined).join(' '),
  );

const fa = (...body: string[]) => answers(x12File('997', body, { group: 'FA' }));

describe('reading 997', () => {
  it('reads what we write', () => {
    const messages = [good850, bad850].flatMap((it) => outcomesOf(x12File('850', it)));
    const rows = answers(encoded(x12, type997, write997(group(messages), { standards })));
    expect(brief(rows)).to.deep.equal(['7 0001 accepted A', '7 0001 rejected R', '7 accepted P']);
    expect(rows[1]?.text).to.match(
      /^rejected; 5 \(segments in error\); BEG \(segment 2\); element 5 '20230229': 8 \(date not/,
    );
  });

  it('lets the group decide for sets that are not named', () => {
    expect(brief(fa('AK1*PO*7', 'AK9*A*2*2*2'))).to.deep.equal(['7 accepted A']);
    expect(brief(fa('AK1*PO*7', 'AK9*R*2*2*0'))).to.deep.equal(['7 rejected R']);
    expect(brief(fa('AK1*PO*7', 'AK2*850*0002', 'AK5*R*5', 'AK9*P*2*2*1'))).to.deep.equal([
      '7 0002 rejected R',
      '7 accepted P',
    ]);
  });

  it('does not believe a partial acceptance that names no refusal', () => {
    expect(brief(fa('AK1*PO*7', 'AK9*P*2*2*1'))).to.deep.equal(['7 rejected P']);
  });

  it('takes errors noted as accepted and unknown codes as rejected', () => {
    expect(brief(fa('AK1*PO*7', 'AK2*850*0001', 'AK5*E', 'AK9*E*1*1*1'))).to.deep.equal([
      '7 0001 accepted E',
      '7 accepted E',
    ]);
    expect(brief(fa('AK1*PO*7', 'AK9*M*1*1*0'))).to.deep.equal(['7 rejected M']);
  });

  it('reads the 999 alike', () => {
    const body = ['AK1*PO*7*005010', 'AK2*850*0001', 'IK3*PO1*3**8', 'IK4*2*330*6', 'IK5*R*5'];
    const rows = answers(
      x12File('999', [...body, 'AK9*R*1*1*0'], { group: 'FA', version: '005010' }),
    );
    expect(brief(rows)).to.deep.equal(['7 0001 rejected R', '7 rejected R']);
  });

  it('keeps texts short however long the acknowledgement', () => {
    const notes = Array.from({ length: 5000 }, (_, index) => `AK3*PO1*${index + 2}**1`);
    const rows = fa('AK1*PO*7', 'AK2*850*0001', ...notes, 'AK5*R*5', 'AK9*R*1*1*0');
    expect(rows[0]?.text.length).to.be.at.most(500);
  });
});

describe('reading CONTRL', () => {
  const uci = 'UCI+77+4098765000004:14+4012345000009:14';
  const read = (...body: string[]) => brief(answers(edifactFile('CONTRL', body, 'D:3:UN')));

  it('reads what we write', () => {
    const content = writeContrl(interchange(outcomesOf(edifactFile('ORDERS', badOrders))));
    const rows = answers(encoded(edifact, typeContrl, content as ContentData));
    expect(brief(rows)).to.deep.equal(['77 1 rejected 4', '77 accepted 7']);
    expect(rows[0]?.text).to.match(
      /^rejected; segment 1: 13 \(missing\); segment 2; element 1\.2: 12/,
    );
  });

  it('reads groups, in syntax 4 too', () => {
    const body = [
      `${uci}+7`,
      'UCF+G1+US+THEM+7',
      'UCM+1+INVOIC:D:01B:UN+4',
      'UCS+4',
      'UCD+39+5:1:2',
    ];
    const rows = answers(edifactFile('CONTRL', [...body, 'UCF+G2+++4+29+UNE+2'], '4:1:UN'));
    expect(brief(rows)).to.deep.equal([
      '77 G1 1 rejected 4',
      '77 G1 accepted 7',
      '77 G2 rejected 4',
      '77 accepted 7',
    ]);
    expect(rows[0]?.text).to.equal('rejected; segment 4; element 4.1, occurrence 2: 39 (too long)');
    expect(rows[2]?.text).to.equal('rejected; 29 (count differs); UNE element 1');
  });

  it('lets each level decide for what is not named below it', () => {
    expect(read(`${uci}+7`)).to.deep.equal(['77 accepted 7']);
    expect(read(`${uci}+4+28`)).to.deep.equal(['77 rejected 4']);
    expect(read(`${uci}+7`, 'UCF+5+A+B+4', 'UCM+1+INVOIC:D:96A:UN+7')).to.deep.equal([
      '77 5 1 accepted 7',
      '77 5 rejected 4',
      '77 accepted 7',
    ]);
  });

  it('settles nothing by a receipt', () => {
    expect(read(`${uci}+8`)).to.deep.equal([]);
    expect(read(`${uci}+8`, 'UCM+1+INVOIC:D:96A:UN+4+12')).to.deep.equal(['77 1 rejected 4']);
  });
});

describe('reading TA1', () => {
  const ta1 = (code: string, note: string) => {
    const isa = x12File('850', []).toString('latin1').split('~')[0];
    const text = `${isa}~TA1*000000009*240301*1405*${code}*${note}~IEA*0*000000001~`;
    return brief(answers(Buffer.from(text, 'latin1')));
  };
  it('settles by a rejection only: acceptance says nothing of the content', () => {
    expect(ta1('R', '025')).to.deep.equal(['000000009 rejected R']);
    expect(ta1('A', '000')).to.deep.equal([]);
  });
});

describe('codes of acknowledgements', () => {
  it('have a row for every fault that the check can find', () => {
    const silent = new Set(['version-stands-in']);
    const codes = Object.keys(standardsFindings) as (keyof typeof standardsFindings)[];
    const untold = codes.filter((it) => acknowledgedAs[it] === undefined && !silent.has(it));
    expect(untold).to.deep.equal([]);
  });
});

describe('isAcknowledgement', () => {
  it('tells acknowledgements from business answers', () => {
    const is = (standard: string, name: string) =>
      isAcknowledgement({ standard, version: '', name });
    expect(['997', '999', 'TA1'].every((it) => is('x12', it))).to.equal(true);
    expect(is('edifact', 'CONTRL') && is('cxml', 'Response')).to.equal(true);
    expect(is('x12', '855') || is('x12', '824') || is('edifact', 'APERAK')).to.equal(false);
    expect(is('edifact', '997') || is('__proto__', 'toString')).to.equal(false);
  });
});
