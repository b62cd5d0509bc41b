/** A connector file over the kit it extends. */
import type { Located, LocatedEntry, LocatedList, LocatedMap } from './located.ts';

/**
 * Maps are merged key by key; agreements are merged by the message they name, and new ones come
 * last; any other value replaces the kit's. Lines stay those of the file that said it.
 */
export function merge(kit: Located, own: Located): Located {
  if (kit.is === 'map' && own.is === 'map') return mergeMaps(kit, own);
  if (kit.is === 'list' && own.is === 'list' && [...kit.items, ...own.items].every(messageOf)) {
    return mergeAgreements(kit, own);
  }
  return own;
}

/** Another transport is another block: the kit's settings are not for it. */
const isOtherTransport = (kit: LocatedMap, own: LocatedMap): boolean => {
  const [theirs, ours] = [textAt(kit, 'use'), textAt(own, 'use')];
  return ours !== undefined && theirs !== undefined && ours !== theirs;
};

function mergeMaps(kit: LocatedMap, own: LocatedMap): LocatedMap {
  if (isOtherTransport(kit, own)) return own;
  const entries = new Map<string, LocatedEntry>(kit.entries);
  for (const [key, entry] of own.entries) {
    const below = kit.entries.get(key);
    const value = below === undefined ? entry.value : merge(below.value, entry.value);
    entries.set(key, { ...entry, value });
  }
  return { ...own, entries };
}

function mergeAgreements(kit: LocatedList, own: LocatedList): LocatedList {
  const byMessage = new Map(kit.items.map((item) => [messageOf(item), item]));
  for (const item of own.items) {
    const below = byMessage.get(messageOf(item));
    byMessage.set(messageOf(item), below === undefined ? item : merge(below, item));
  }
  return { ...own, items: [...byMessage.values()] };
}

const messageOf = (item: Located): string | undefined =>
  item.is === 'map' ? textAt(item, 'message') : undefined;

function textAt(map: LocatedMap, key: string): string | undefined {
  const value = map.entries.get(key)?.value;
  return value?.is === 'text' ? value.text : undefined;
}
