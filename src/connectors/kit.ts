/** Reads a connector file and what it extends. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Env, interpolate } from './interpolate.ts';
import { ConfigFaults, type Located, parseLocated } from './located.ts';
import { merge } from './merge.ts';

const depthMax = 5;

/** `digestOf` is told every text that was read. Throws ConfigFaults. */
export function readWithKits(
  root: string,
  file: string,
  env: Env,
  onRead: (text: string) => void,
  depth = 0,
): Located {
  const text = readFileSync(join(root, file), 'utf8');
  onRead(text);
  const own = interpolate(parseLocated(file, text), env);
  const extend = own.is === 'map' ? own.entries.get('extends') : undefined;
  if (extend === undefined) return own;
  const fault = (words: string, fix: string) =>
    new ConfigFaults([{ file, line: extend.line, text: words, fix }]);
  const name = extend.value.is === 'text' ? extend.value.text : '';
  if (!/^[a-z0-9][a-z0-9-]{0,60}(\/[a-z0-9][a-z0-9-]{0,60}){0,3}$/.test(name)) {
    throw fault(
      `"${name}" names no kit.`,
      'Write the path below connectors/, as kits/x12-customer.',
    );
  }
  if (depth >= depthMax) throw fault('Kits extend one another too deep.', 'Take one out.');
  try {
    return merge(readWithKits(root, `connectors/${name}.yaml`, env, onRead, depth + 1), own);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw fault(`There is no connectors/${name}.yaml.`, 'Correct the name, or add the kit.');
  }
}
