/** Bytes that want to hurt: much of nothing, endless segments, forged headers. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { edifact } from '../../../../src/codecs/edifact/index.ts';
import { x12 } from '../../../../src/codecs/x12/index.ts';
import { type Codec, type CodecEvent, defaultDecodeLimits } from '../../../../src/model/codec.ts';
import type { Finding } from '../../../../src/model/finding.ts';

const isa =
  'ISA*00*          *00*          *ZZ*ACME           *ZZ*US             *260301*1405*U*00401*000000001*0*P*>~';
const gs = 'GS*PO*ACME*US*20260301*1405*1*X*004010~';
const unb = "UNA:+.? 'UNB+UNOC:3+A+B+260301:1405+1'";
const megabytes = 24;

interface Told {
  readonly events: number;
  readonly findings: readonly Finding[];
  /** Growth of what the process holds while reading. */
  readonly heldBytes: number;
}

/** `head`, then a megabyte of `filling` again and again, then `tail`. */
function read(codec: Codec, head: string, filling: string, tail = ''): Told {
  const block = Buffer.from(filling.repeat(Math.ceil(2 ** 20 / filling.length)));
  const findings: Finding[] = [];
  let events = 0;
  const decoder = codec.decoder(
    (event: CodecEvent) => {
      events++;
      if ('findings' in event) findings.push(...event.findings);
    },
    { limits: defaultDecodeLimits },
  );
  const before = held();
  decoder.write(Buffer.from(head));
  for (let written = 0; written < megabytes; written++) decoder.write(block);
  const heldBytes = held() - before;
  decoder.write(Buffer.from(tail));
  decoder.end();
  return { events, findings, heldBytes };
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function held(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const codes = ({ findings }: Told): readonly string[] => [
  ...new Set(findings.map(({ code }) => code)),
];

describe('hostile EDI', () => {
  for (const filling of ['~', ' ', 'ISA', 'ISA*', 'x', '\0', 'ISA*00*']) {
    it(`${megabytes} MB of ${JSON.stringify(filling)} are a few findings, and cost no memory`, () => {
      const told = read(x12, '', filling);
      expect(told.findings.length).to.be.within(1, 3);
      expect(told.heldBytes).to.be.below(8e6);
    });
  }

  for (const filling of ['UN', 'UNA', 'UNB', 'UNA:+.? ', "'", 'UNB*']) {
    it(`${megabytes} MB of ${JSON.stringify(filling)} are a few findings for EDIFACT too`, () => {
      const told = read(edifact, '', filling);
      expect(told.findings.length).to.be.within(1, 3);
      expect(told.heldBytes).to.be.below(8e6);
    });
  }

  for (const filling of ['~', '*', 'x', 'N1~', 'N1*A>B~', ' ', 'GE*~']) {
    it(`${JSON.stringify(filling)} without end in an interchange and in a message`, () => {
      const between = read(x12, isa + gs, filling);
      expect(codes(between)).to.include('truncated');
      expect(between.findings.length).to.be.below(300);
      const inside = read(x12, `${isa}${gs}ST*850*0001~`, filling);
      expect(codes(inside)).to.include('truncated');
      expect(inside.findings.length).to.be.below(300);
      expect(inside.heldBytes).to.be.below(150e6);
    });
  }

  for (const filling of ['?', "?'", ':', "FTX+'"]) {
    it(`${JSON.stringify(filling)} without end in an EDIFACT message`, () => {
      const told = read(edifact, `${unb}UNH+1+ORDERS:D:96A:UN'`, filling);
      expect(codes(told)).to.include.members(['message-too-large', 'truncated']);
      expect(told.findings.length).to.be.below(300);
      expect(told.heldBytes).to.be.below(150e6);
    });
  }

  it('a message that is too large leaves its neighbours alone', () => {
    const good = 'ST*850*0002~BEG*00*SA*1**20260301~SE*3*0002~';
    const told = read(
      x12,
      `${isa}${gs}ST*850*0001~`,
      'N1*BY*X~',
      `SE*9*0001~${good}GE*2*1~IEA*1*1~`,
    );
    expect(codes(told)).to.have.members(['message-too-large', 'count-wrong', 'control-differs']);
    expect(told.findings.filter(({ place }) => place.message === '0002')).to.deep.equal([]);
  });

  it('offsets stay true behind much that was dropped', () => {
    const told = read(x12, '', 'x', `${isa}${gs}ST*850*0001~SE*2*0002~GE*1*1~IEA*1*000000001~`);
    const differs = told.findings.find(({ code }) => code === 'control-differs');
    const header = isa.length + gs.length + 'ST*850*0001~SE*2*'.length;
    expect(differs?.place.start).to.equal(megabytes * 2 ** 20 + header);
  });
});
