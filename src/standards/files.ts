/** The standards' folders on disk. Names from documents are judged before they become paths. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HubError } from '../model/errors.ts';

export interface StandardFiles {
  /** Folder names below a folder: the versions of `x12`. */
  folders(below: string): readonly string[];
  /** The JSON of the first folder that has `<below>/<name>.json`; undefined: none has. */
  read(below: string, name: string): unknown;
  has(below: string, name: string): boolean;
}

/** Only such names reach the file system: `004010`, `ORDERS`, `850`. */
export const isSafeName = (name: string): boolean => /^[0-9A-Z]{1,12}$/.test(name);

/** Folders are listed once; a file added later is seen by the next process. */
export function standardFiles(roots: readonly string[]): StandardFiles {
  const listings = new Map<string, Listing>();
  const listing = (below: string): Listing => {
    const known = listings.get(below) ?? list(roots, below);
    listings.set(below, known);
    return known;
  };
  return {
    folders: (below) => [...listing(below).folders].sort(),
    has: (below, name) => listing(below).files.has(`${name}.json`),
    read(below, name) {
      const root = listing(below).files.get(`${name}.json`);
      return root === undefined ? undefined : readJson(join(root, below, `${name}.json`));
    },
  };
}

interface Listing {
  readonly folders: Set<string>;
  /** File name to the root that has it. */
  readonly files: Map<string, string>;
}

function list(roots: readonly string[], below: string): Listing {
  const found: Listing = { folders: new Set(), files: new Map() };
  for (const root of roots) {
    for (const item of itemsOf(join(root, below))) {
      if (item.isDirectory()) found.folders.add(item.name);
      else if (!found.files.has(item.name)) found.files.set(item.name, root);
    }
  }
  return found;
}

function itemsOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new HubError('config-invalid', `The standards folder ${folder} cannot be read.`, {
      cause: error,
    });
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new HubError('config-invalid', `${file} is not JSON that can be read.`, { cause: error });
  }
}
