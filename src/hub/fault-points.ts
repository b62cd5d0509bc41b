/**
 * Stops the hub dead at a named moment, for tests that then kill it: `TRADELANE_FAULT=send:3:FILE`
 * writes FILE at the third pass through `send` and blocks the process there for ever. Without the
 * variable a fault point is an empty function.
 */
import { renameSync, writeFileSync } from 'node:fs';
import type { FaultPoint } from './parts.ts';

export function faultPoints(setting: string | undefined): (point: FaultPoint) => void {
  if (setting === undefined || setting === '') return () => undefined;
  const [point, count, marker] = setting.split(':');
  let left = Number(count);
  return (passed) => {
    if (passed !== point) return;
    left -= 1;
    if (left > 0 || marker === undefined) return;
    writeFileSync(`${marker}.part`, `${passed}\n`, { flush: true });
    renameSync(`${marker}.part`, marker);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  };
}
