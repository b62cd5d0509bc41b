#!/usr/bin/env node
// The `tradelane` command: starts the hub's own Node and hands signals on, so that stopping this
// process stops the hub too and never leaves it running alone.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode, help } from './node.js';

const node = findNode();
if (node === undefined) {
  process.stderr.write(help);
  process.exit(2);
}
const cli = join(dirname(dirname(fileURLToPath(import.meta.url))), 'src', 'cli.ts');
const child = spawn(
  node,
  ['--disable-warning=ExperimentalWarning', cli, ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
);
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  if (signal === null) process.exit(code ?? 2);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
