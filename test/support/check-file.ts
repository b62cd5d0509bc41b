/** Decodes X12 or EDIFACT and checks each message against the shipped standards. */
import { join } from 'node:path';
import { edifact } from '../../src/codecs/edifact/index.ts';
import { x12 } from '../../src/codecs/x12/index.ts';
import { type CodecEvent, defaultDecodeLimits } from '../../src/model/codec.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Message } from '../../src/model/message.ts';
import { checkMessage } from '../../src/standards/check.ts';
import type { Checked, PlacedNode } from '../../src/standards/definition.ts';
import { openStandards } from '../../src/standards/load.ts';
import type { CheckPolicy } from '../../src/standards/policy.ts';

export const standards = openStandards([join(import.meta.dirname, '..', '..', 'standards')]);

export interface CheckedMessage {
  readonly type: Message['type'];
  readonly control: string;
  readonly checked: Checked;
  /** The codec's findings of the message, and the check's. */
  readonly findings: readonly Finding[];
  /** `BEG PO1(PID N1(N3))`, with the tags only. */
  readonly tree: string;
}

/** `onMessage` runs while the content is valid. Messages of no installed standard are left out. */
export function checkFile(
  bytes: Uint8Array,
  options: {
    readonly policy?: CheckPolicy;
    readonly onMessage?: (message: Message) => void;
  } = {},
): readonly CheckedMessage[] {
  const found: CheckedMessage[] = [];
  decodeEdi(bytes, (event) => {
    if (event.is !== 'message') return;
    options.onMessage?.(event.message);
    const definition = standards.find(event.message.type)?.definition;
    if (definition === undefined) return;
    const checked = checkMessage(event.message, definition, options.policy);
    const { type, control } = event.message;
    const findings = [...event.findings, ...checked.findings];
    found.push({ type: { ...type }, control, checked, findings, tree: treeText(checked.root) });
  });
  return found;
}

export function decodeEdi(bytes: Uint8Array, on: (event: CodecEvent) => void): void {
  const codec = x12.sniff(bytes.subarray(0, 4096)) ? x12 : edifact;
  const decoder = codec.decoder(on, { limits: defaultDecodeLimits });
  decoder.write(bytes);
  decoder.end();
}

const treeText = ({ children }: PlacedNode): string =>
  children
    .map((it) => (it.children.length === 0 ? it.slot.tag : `${it.slot.tag}(${treeText(it)})`))
    .join(' ');

/** One X12 message in an interchange of its own; ST and SE are added. */
export function x12File(
  set: string,
  body: readonly string[],
  { version = '004010', group = 'PO', control = '0001' } = {},
): Buffer {
  const isa12 = version >= '005010' ? '00501' : '00401';
  const isa11 = version >= '005010' ? '^' : 'U';
  const segments = [
    `ISA*00*          *00*          *ZZ*ACMERETAIL     *ZZ*TRADELANE      *240301*1405*${isa11}*${isa12}*000000001*0*T*>`,
    `GS*${group}*ACMERETAIL*TRADELANE*20240301*1405*1*X*${version}`,
    `ST*${set}*${control}`,
    ...body,
    `SE*${body.length + 2}*${control}`,
    'GE*1*1',
    'IEA*1*000000001',
  ];
  return Buffer.from(`${segments.join('~')}~`, 'latin1');
}

/** One EDIFACT message in an interchange of its own; UNH and UNT are added. */
export function edifactFile(
  name: string,
  body: readonly string[],
  identifier = 'D:96A:UN',
): Buffer {
  const segments = [
    'UNB+UNOC:3+4012345000009:14+4098765000004:14+240301:1405+1',
    `UNH+1+${name}:${identifier}`,
    ...body,
    `UNT+${body.length + 2}+1`,
    'UNZ+1+1',
  ];
  return Buffer.from(`${segments.join("'")}'`, 'latin1');
}
