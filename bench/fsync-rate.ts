import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';

/** How often a second the disk under `file` takes 4 KB for good. */
export function fsyncRate(file: string): number {
  const descriptor = openSync(file, 'w');
  const began = performance.now();
  let count = 0;
  while (performance.now() - began < 500) {
    writeSync(descriptor, 'x'.repeat(4096));
    fsyncSync(descriptor);
    count += 1;
  }
  closeSync(descriptor);
  return (count * 1000) / (performance.now() - began);
}
