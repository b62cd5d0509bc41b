// Finds the Node 24 that the hub runs on: this process's own if it is new enough, else the one that
// npm installed beside it (see docs/decisions/0001-runtime.md). Plain JavaScript, for any Node.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE_MAJOR = 24;
const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The path of a Node 24 or newer, or undefined if there is none. */
export function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) return process.execPath;
  const local = join(root, 'node_modules', '.bin', 'node');
  return existsSync(local) ? local : undefined;
}

export const help = `Tradelane runs on Node ${NODE_MAJOR}; this is ${process.version}.
\`npm ci\` brings the right one for Linux (x64, arm64); elsewhere install Node ${NODE_MAJOR} first.
`;
