// Run before start, demo and test: says what to do where there is no Node 24.
import { findNode, help } from './node.js';

if (findNode() === undefined) {
  process.stderr.write(help);
  process.exit(2);
}
