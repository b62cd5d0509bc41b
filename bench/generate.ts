/**
 * Interchanges of any size from a seed, with varied values: the same seed gives the same bytes. They
 * are valid against X12 004010 and EDIFACT D96A. The streaming forms hold one block in memory.
 */

export interface GenerateOptions {
  readonly seed: number;
  /** Stops at this many messages, or once this many bytes are written. */
  readonly messages?: number;
  readonly bytes?: number;
  /** `ZZ:ACMERETAIL`; EDIFACT: `14:4012345000009`. */
  readonly sender?: string;
  readonly receiver?: string;
  readonly control?: number;
  /** Order lines of a message: from 1 to this many. */
  readonly linesMax?: number;
}

export function generate850s(bytes: number, seed: number): Buffer {
  return Buffer.concat([...stream850s({ bytes, seed })]);
}

export function generateOrders(bytes: number, seed: number): Buffer {
  return Buffer.concat([...streamOrders({ bytes, seed })]);
}

/** One X12 004010 interchange of 850s in blocks of some 64 KB. */
export function* stream850s(options: GenerateOptions): Generator<Buffer> {
  const control = String(options.control ?? 1).padStart(9, '0');
  const [senderQualifier, sender] = party(options.sender ?? 'ZZ:ACMERETAIL');
  const [receiverQualifier, receiver] = party(options.receiver ?? 'ZZ:TRADELANE');
  const from = `${senderQualifier}*${sender.padEnd(15)}`;
  const to = `${receiverQualifier}*${receiver.padEnd(15)}`;
  const head =
    `ISA*00*          *00*          *${from}*${to}*260301*1405*U*00401*${control}*0*P*>~` +
    `GS*PO*${sender}*${receiver}*20260301*1405*1*X*004010~`;
  const tail = (messages: number) => `GE*${messages}*1~IEA*1*${control}~`;
  yield* blocks(head, order850, tail, options);
}

/** One EDIFACT D96A interchange of ORDERS in blocks of some 64 KB. */
export function* streamOrders(options: GenerateOptions): Generator<Buffer> {
  const control = String(options.control ?? 1).padStart(9, '0');
  const [senderQualifier, sender] = party(options.sender ?? '14:4012345000009');
  const [receiverQualifier, receiver] = party(options.receiver ?? '14:4098765000004');
  const parties = `${sender}:${senderQualifier}+${receiver}:${receiverQualifier}`;
  const head = `UNA:+.? 'UNB+UNOC:3+${parties}+260301:1405+${control}'`;
  const tail = (messages: number) => `UNZ+${messages}+${control}'`;
  yield* blocks(head, orderEdifact, tail, options);
}

const blockBytes = 64 * 1024;

type Draw = ReturnType<typeof drawer>;

/** `message` writes one message by its number, from 1. */
function* blocks(
  head: string,
  message: (draw: Draw, number: number, linesMax: number) => string,
  tail: (messages: number) => string,
  options: GenerateOptions,
): Generator<Buffer> {
  const draw = drawer(options.seed);
  const { bytes = Infinity, messages = bytes === Infinity ? 1 : Infinity } = options;
  let block = head;
  let written = 0;
  let count = 0;
  while (count < messages && written + block.length < bytes) {
    block += message(draw, ++count, options.linesMax ?? 40);
    if (block.length < blockBytes) continue;
    yield Buffer.from(block, 'latin1');
    written += block.length;
    block = '';
  }
  yield Buffer.from(block + tail(count), 'latin1');
}

function party(text: string): readonly [string, string] {
  const colon = text.indexOf(':');
  return [text.slice(0, colon), text.slice(colon + 1)];
}

/** Draws from a seeded generator (mulberry32). */
function drawer(seed: number) {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const of = <T>(list: readonly T[]): T => list[below(list.length)]!;
  return {
    below,
    of,
    digits: (count: number): string => String(below(10 ** count)).padStart(count, '0'),
    money: (): string => `${1 + below(2000)}.${String(below(100)).padStart(2, '0')}`,
    date: (): string => `2026${two(1 + below(12))}${two(1 + below(28))}`,
    words: (count: number): string => Array.from({ length: count }, () => of(words)).join(' '),
  };
}

const two = (number: number): string => String(number).padStart(2, '0');

const words = (
  'BOLT NUT WASHER HEX STEEL ZINC PLATED ALUMINIUM PANEL BRACKET LEFT RIGHT VALVE SEAL 10MM ' +
  '3/8IN COTTON SHIRT BLUE LARGE SMALL LAMP HALOGEN 200W FUSE CABLE GREY BOXED SET OF 12 PUMP ' +
  'GARDEN HOSE 25M FILTER OIL CHAIR OAK TABLE WHITE'
).split(' ');
const units = ['EA', 'CA', 'BX', 'DZ', 'PK'] as const;
const streets = [
  'MAIN ST',
  'MARKET RD',
  'HARBOUR WAY',
  'OLD MILL LANE',
  'INDUSTRIAL PKWY',
] as const;
const cities = [
  ['SPRINGFIELD', 'IL', '62701'],
  ['DAYTON', 'OH', '45402'],
  ['TULSA', 'OK', '74103'],
  ['RENO', 'NV', '89501'],
] as const;

function order850(draw: Draw, number: number, linesMax: number): string {
  const control = String(number).padStart(4, '0');
  const lines = 1 + draw.below(linesMax);
  const body = [
    `BEG*00*SA*PO${draw.digits(4)}-${control}**${draw.date()}`,
    `REF*DP*${draw.digits(3)}`,
    `DTM*002*${draw.date()}`,
    ...party850(draw, 'BY'),
    ...party850(draw, 'ST'),
    ...Array.from({ length: lines }, (_, index) => line850(draw, index + 1)).flat(),
    `CTT*${lines}`,
  ];
  return `${[`ST*850*${control}`, ...body, `SE*${body.length + 2}*${control}`].join('~')}~`;
}

function party850(draw: Draw, role: string): readonly string[] {
  const [city, state, zip] = draw.of(cities);
  return [
    `N1*${role}*${draw.words(2)} STORE ${draw.digits(4)}*92*${draw.digits(5)}`,
    `N3*${1 + draw.below(9999)} ${draw.of(streets)}`,
    `N4*${city}*${state}*${zip}*US`,
  ];
}

function line850(draw: Draw, number: number): readonly string[] {
  const quantity = 1 + draw.below(500);
  const items = `UP*${draw.digits(12)}*VP*${draw.digits(3)}-${draw.digits(5)}`;
  return [
    `PO1*${number}*${quantity}*${draw.of(units)}*${draw.money()}**${items}`,
    `PID*F****${draw.words(2 + draw.below(4))}`,
  ];
}

function orderEdifact(draw: Draw, number: number, linesMax: number): string {
  const lines = 1 + draw.below(linesMax);
  const body = [
    `BGM+220+PO${draw.digits(4)}-${number}+9`,
    `DTM+137:${draw.date()}:102`,
    `DTM+2:${draw.date()}:102`,
    `NAD+BY+40${draw.digits(11)}::9++${draw.words(2)} GMBH`,
    `NAD+DP+40${draw.digits(11)}::9++${draw.words(2)}+${draw.below(200)} HAFENSTR?.+HAMBURG++20457+DE`,
    'CUX+2:EUR:9',
    ...Array.from({ length: lines }, (_, index) => lineEdifact(draw, index + 1)).flat(),
    'UNS+S',
    `CNT+2:${lines}`,
  ];
  const head = `UNH+${number}+ORDERS:D:96A:UN:EAN008`;
  return `${[head, ...body, `UNT+${body.length + 2}+${number}`].join("'")}'`;
}

function lineEdifact(draw: Draw, number: number): readonly string[] {
  return [
    `LIN+${number}++40${draw.digits(11)}:EN`,
    `PIA+1+${draw.digits(3)}-${draw.digits(5)}:SA`,
    `IMD+F++:::${draw.words(2 + draw.below(3))}`,
    `QTY+21:${1 + draw.below(500)}:PCE`,
    `PRI+AAA:${draw.money()}`,
  ];
}
