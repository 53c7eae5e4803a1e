import { AssayError } from '@assay/schema';
import { parse } from 'yaml';
import { isMap, type ConfigMap, type Origins } from './merge.ts';

/** What {@link Origins} names as the source of an override. */
export const commandLine = 'the command line';

/**
 * Applies `optimiser.learningRate=1e-3` style settings, left to right. The value is read as YAML, so
 * `true`, `[1, 2]`, `{type: cosine}` and `null` mean what they say; a number in the path is a list index.
 *
 * @returns A new tree; `origins` is told which paths the command line set.
 * @throws AssayError `invalid-configuration` if a setting has no `=` or its path leads through a plain value.
 */
export function applyOverrides(values: ConfigMap, settings: readonly string[], origins: Origins): ConfigMap {
  const result = structuredClone(values);
  for (const setting of settings) {
    const equals = setting.indexOf('=');
    const path = setting.slice(0, equals).split('.');
    if (equals < 1 || path.includes(''))
      throw invalid(`"${setting}": expected key=value, for example optimiser.weightDecay=1e-4.`);
    setAt(result, path, { setting, value: valueOf(setting, setting.slice(equals + 1)) });
    for (let length = 1; length < path.length; length++) {
      const outer = path.slice(0, length).join('.');
      if (!origins.has(outer)) origins.set(outer, commandLine);
    }
    origins.set(path.join('.'), commandLine);
  }
  return result;
}

function valueOf(setting: string, text: string): unknown {
  try {
    const value: unknown = parse(text);
    // YAML 1.2 reads "1e-3" as a number but not every writer's "1.e-3"; a text that is a number is one.
    return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))
      ? Number(value)
      : value;
  } catch (cause) {
    throw new AssayError('invalid-configuration', `"${setting}": the value is not valid YAML.`, { cause });
  }
}

function setAt(root: ConfigMap, path: readonly string[], change: { setting: string; value: unknown }): void {
  let place: ConfigMap | unknown[] = root;
  for (const [depth, key] of path.entries()) {
    const last = depth === path.length - 1;
    const index: string | number = Array.isArray(place) ? listIndex(place, key, change.setting) : key;
    const slot = place as Record<string | number, unknown>;
    if (last) slot[index] = change.value;
    else {
      const next: unknown = slot[index] ?? (slot[index] = {});
      if (!isMap(next) && !Array.isArray(next))
        throw invalid(
          `"${change.setting}": "${path.slice(0, depth + 1).join('.')}" is a plain value and has no keys.`,
        );
      place = next;
    }
  }
}

function listIndex(list: readonly unknown[], key: string, setting: string): number {
  const index = Number(key);
  if (/^\d+$/.test(key) && index <= list.length) return index;
  throw invalid(`"${setting}": "${key}" is not a position in a list of ${list.length} entries.`);
}

function invalid(detail: string): AssayError {
  return new AssayError('invalid-configuration', detail);
}
