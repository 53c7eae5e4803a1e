/** A YAML mapping. */
export type ConfigMap = Record<string, unknown>;

/** Where each value of a composed configuration came from, by dotted path. */
export type Origins = Map<string, string>;

/** Whether the value is a mapping (not a list, not null). */
export function isMap(value: unknown): value is ConfigMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Keys that say which kind of mapping a mapping is, and so which other keys it has. */
const kindKeys = ['type', 'mode', 'kind', 'reader'];

/**
 * Lays `over` onto `base`: mappings merge key by key, anything else (lists too) replaces what was there. A mapping
 * of another kind replaces the whole mapping: keys of the old kind mean nothing in the new one.
 *
 * @param source What `over` was read from; noted in `origins` for every value it sets.
 */
export function merge(
  base: ConfigMap,
  over: ConfigMap,
  note: { source: string; origins: Origins },
): ConfigMap {
  return mergeAt(base, over, { ...note, path: '' });
}

function mergeAt(
  base: ConfigMap,
  over: ConfigMap,
  note: { source: string; origins: Origins; path: string },
): ConfigMap {
  const merged: ConfigMap = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const path = note.path === '' ? key : `${note.path}.${key}`;
    const before = merged[key];
    note.origins.set(path, note.source);
    const kept = isMap(before) && isMap(value) && sameKind(before, value) ? before : {};
    merged[key] = isMap(value) ? mergeAt(kept, value, { ...note, path }) : value;
  }
  return merged;
}

function sameKind(before: ConfigMap, value: ConfigMap): boolean {
  return kindKeys.every((key) => !(key in before) || !(key in value) || before[key] === value[key]);
}

/** The source of the value at `path`, or of the nearest mapping around it. */
export function originOf(origins: Origins, path: readonly PropertyKey[]): string | undefined {
  for (let length = path.length; length > 0; length--) {
    const source = origins.get(path.slice(0, length).join('.'));
    if (source !== undefined) return source;
  }
  return undefined;
}
