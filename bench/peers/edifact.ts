/** npm edifact, fed in the same chunks: each tag and component it made goes to `onValue`. */
import { createRequire } from 'node:module';

interface EdifactParser {
  encoding(level: string): void;
  on(event: 'opensegment' | 'component', listener: (value: string) => void): void;
  write(chunk: string): void;
  end(): void;
}

const require = createRequire(import.meta.url);
const Parser = require('edifact/parser.js') as new () => EdifactParser;

export function readWithEdifact(
  chunks: readonly Buffer[],
  onValue: (value: string) => void,
): Promise<void> {
  const parser = new Parser();
  parser.encoding('UNOC');
  let isMessage = false;
  parser.on('opensegment', (tag) => {
    isMessage = tag !== 'UNB' && tag !== 'UNZ';
    if (isMessage) onValue(tag);
  });
  parser.on('component', (value) => {
    if (isMessage) onValue(value);
  });
  for (const chunk of chunks) parser.write(chunk.toString('latin1'));
  parser.end();
  return Promise.resolve();
}
