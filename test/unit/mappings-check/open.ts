/** The project's own mappings, opened as the hub opens them; or those of another folder first. */
import { documentField } from '../../../src/documents/field.ts';
import { isDocumentKind } from '../../../src/documents/registry.ts';
import type { Subject } from '../../../src/mappings/check/laws.ts';
import { openLookups } from '../../../src/mappings/lookups.ts';
import { type OpenMappings, openMappings } from '../../../src/mappings/open.ts';
import { openStandards } from '../../../src/standards/load.ts';

export const standards = openStandards(['standards']);

export const openFolders = (...folders: string[]): OpenMappings =>
  openMappings({
    folders,
    standards,
    lookups: openLookups(['config/lookups']),
    documents: (kind) => (isDocumentKind(kind) ? documentField(kind) : undefined),
  });

export const mappings = openFolders('mappings');

export const subjectOf = (name: string, from: OpenMappings = mappings): Subject => ({
  mapping: from.get(name),
  bound: from.rules(name),
  standards,
});
