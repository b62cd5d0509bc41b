/** The process of the command line: real streams, and an exit code. */
import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import type { Terminal } from './cli/command.ts';
import { run } from './cli/run.ts';

/**
 * Memory is bounded here, and not by options that somebody must know. V8 sees that what is made of a
 * message outlives a few small collections, and from then on puts the like into the old heap, where
 * it is garbage until the next large collection: without pretenuring a large interchange peaks at
 * half. And it collects the more seldom the more memory the machine has: the old heap is told to
 * grow by half between collections, the young one to stay small.
 */
setFlagsFromString('--no-allocation-site-pretenuring');
setFlagsFromString('--heap-growing-percent=50');
setFlagsFromString('--max-semi-space-size=4');
setFlagsFromString('--semi-space-growth-factor=1');

const terminal: Terminal = {
  stdin: process.stdin,
  out: async (text) => {
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  },
  err: (text) => {
    process.stderr.write(text);
  },
  isTerminal: process.stdout.isTTY === true,
  env: process.env,
  root: process.cwd(),
};

// A reader that goes away (`| head`) ends the work quietly.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await run(process.argv.slice(2), terminal);
