/** Writes docs/reference/: each page from its one source. `npm run docs`; a test compares. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiPage } from './pages/api.ts';
import { codesPage } from './pages/codes.ts';
import { commandsPage } from './pages/commands.ts';
import { connectorsPage } from './pages/connectors.ts';
import { documentsPage } from './pages/documents.ts';

/** The pages by file name. Pure: the same sources give the same text. */
export const pages: Readonly<Record<string, () => string>> = {
  'api.md': apiPage,
  'codes.md': codesPage,
  'commands.md': commandsPage,
  'connectors.md': connectorsPage,
  'documents.md': documentsPage,
};

export const referenceFolder = join(import.meta.dirname, 'reference');

if (import.meta.main) {
  mkdirSync(referenceFolder, { recursive: true });
  for (const [name, page] of Object.entries(pages)) {
    writeFileSync(join(referenceFolder, name), page());
  }
}
