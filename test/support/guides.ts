/** Rules of invented partners, by message: what samples and schemas are held to. */
import type { OpenMappings } from '../../src/mappings/open.ts';
import { openFilesOf } from '../unit/mappings/room.ts';

export const guides: Readonly<
  Record<string, { readonly document: string; readonly rules: readonly string[] }>
> = {
  'x12/004010/850': {
    document: 'order',
    rules: [
      '{ BEG01: only 00|01, BEG02: only SA|DS|NE, BEG03: length 3-10 }',
      '{ if: BEG02 = DS, then: N1(1=ST) and DTM(1=002) }',
      '{ if: BEG02 = NE, then: no CUR }',
      '{ DTM(1=010): required, N1(1=BY): required, N1(1=BY)/N104: required }',
      '{ PO108-PO125: not used, PO103: only EA|CA, PO1: at most 20 }',
      '{ PO1/PID(1=F): required, PO1/PID(1=F)/5: "required, length 1-30" }',
      '{ if: PO103 = CA, then: PO1/PO4 and PO1/PO4/1 }',
      '{ if: N103 = 92, then: { N104: "required, length 4" } }',
      '{ REF: at most 3, SAC: not used, CUR02: only USD|CAD }',
    ],
  },
  'x12/004010/810': {
    document: 'invoice',
    rules: [
      '{ BIG07: only DI|CR, BIG04: required, REF(1=IA): required }',
      '{ if: BIG07 = CR, then: REF(1=OI) and N1(1=SE)/N3 }',
      '{ IT102: required, IT103: only EA, IT106-IT107: required }',
      '{ if: IT106 = UP, then: { IT107: length 12 } }',
      '{ ITD: at least 1, TXI: not used, PID: not used, IT1/PID: at least 2 }',
    ],
  },
  'x12/004010/856': {
    document: 'despatchAdvice',
    rules: [
      '{ BSN05: required, HL(3=I)/LIN: required, HL(3=I)/SN1: required }',
      '{ if: HL(3=S)/TD502 = 2, then: HL(3=S)/TD5/3 }',
      '{ HL03: only S|O|I, HL/PID: not used }',
    ],
  },
  'edifact/D96A/ORDERS': {
    document: 'order',
    rules: [
      '{ BGM01-1: only 220|221, BGM02: length 1-10, NAD(1=BY): required, NAD(1=SU): required }',
      '{ if: BGM01-1 = 221, then: RFF(1.1=CT) and RFF(1.1=CT)/1.2 }',
      '{ DTM(1.1=137)/DTM01-3: only 102, DTM(1.1=137): required, LIN/FTX: not used }',
      '{ if: LIN03-2 = EN, then: { LIN03-1: "required, length 13" } }',
      '{ LIN/QTY(1.1=21): required, NAD02-1: required, LIN: at most 5 }',
    ],
  },
  'edifact/D96A/INVOIC': {
    document: 'invoice',
    rules: [
      '{ NAD: at least 2, NAD(1=BY)/RFF(1.1=VA): required, ALI: not used }',
      '{ if: NAD01 = SU, then: NAD02-3 = 9 }',
      '{ LIN/MOA: required, LIN/PRI(1.1=AAA): required }',
    ],
  },
};

const files = Object.fromEntries(
  Object.entries(guides).map(([message, { document, rules }]) => [
    `${message}.yaml`,
    `message: ${message}\ndocument: ${document}\nbody: {}\nrules:\n${rules.map((rule) => `  - ${rule}\n`).join('')}`,
  ]),
);

/** Read at once: the folder may be gone when they are asked for. */
export function guideMappings(): OpenMappings {
  const mappings = openFilesOf(files);
  for (const message of Object.keys(guides)) mappings.check(message);
  return mappings;
}
