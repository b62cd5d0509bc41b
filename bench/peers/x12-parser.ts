/** npm x12-parser, fed in the same chunks: each value it made goes to `onValue`. */
import { X12parser } from 'x12-parser';

/** Read as all others are, but no values of a message. */
const envelope = new Set(['ISA', 'GS', 'GE', 'IEA']);

export function readWithX12Parser(
  chunks: readonly Buffer[],
  onValue: (value: string) => void,
): Promise<void> {
  const parser = new X12parser();
  parser.on('data', (segment: Readonly<Record<string, string>>) => {
    if (envelope.has(segment['name']!)) return;
    onValue(segment['name']!);
    for (const key in segment) if (key !== 'name') onValue(segment[key]!);
  });
  return new Promise((resolve, reject) => {
    parser.on('error', reject).on('end', resolve);
    for (const chunk of chunks) parser.write(chunk);
    parser.end();
  });
}
