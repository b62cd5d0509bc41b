/** A small 850 of Acme's, whole with its envelope. */
export interface OrderChoice {
  readonly control: number;
  readonly number: string;
  readonly sender?: string;
  readonly lines?: number;
}

export function order850({
  control,
  number,
  sender = 'ACMERETAIL',
  lines = 3,
}: OrderChoice): string {
  const isa = String(control).padStart(9, '0');
  const items = Array.from(
    { length: lines },
    (_, index) =>
      `PO1*${index + 1}*${index + 2}*EA*1${index}.50**BP*AC-10${index}*VP*TL-10${index}`,
  );
  const body = [
    `BEG*00*SA*${number}**20260301`,
    'CUR*BY*USD',
    'N1*BY*Acme Retail*92*ACME-HQ',
    'N1*ST*Acme Store 7*92*0007',
    'N3*7 Market Street',
    'N4*Springfield*IL*62701*US',
    ...items,
    `CTT*${lines}`,
  ];
  const set = [`ST*850*0001`, ...body, `SE*${body.length + 2}*0001`];
  return [
    `ISA*00*          *00*          *ZZ*${sender.padEnd(15)}*ZZ*TRADELANE      *260301*1200*U*00401*${isa}*0*P*>`,
    `GS*PO*${sender}*TRADELANE*20260301*1200*${control}*X*004010`,
    ...set,
    `GE*1*${control}`,
    `IEA*1*${isa}`,
    '',
  ].join('~\n');
}
