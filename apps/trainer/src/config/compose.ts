import { readFileSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { AssayError } from '@assay/schema';
import { parse } from 'yaml';
import { isMap, merge, type ConfigMap, type Origins } from './merge.ts';

/** A configuration put together from its files, not yet checked. */
export interface Composed {
  values: ConfigMap;
  origins: Origins;
}

/**
 * Reads a YAML file and what it builds on. `defaults` is a list of further files, relative to the file that
 * names them (`.yaml` may be left off); later ones win over earlier ones, the file itself over all of them.
 * Mappings merge, lists are replaced.
 *
 * @throws AssayError `invalid-configuration` if a file is missing, is not YAML, or includes itself.
 */
export function composeConfig(path: string): Composed {
  const origins: Origins = new Map();
  return { values: readLayer(path, [], origins), origins };
}

function readLayer(path: string, trail: readonly string[], origins: Origins): ConfigMap {
  const absolute = resolve(path);
  if (trail.includes(absolute))
    throw invalid(`${path}: "defaults" leads back to the file itself: ${[...trail, absolute].join(' → ')}.`);
  const { defaults, ...own } = parseFile(path);
  let values: ConfigMap = {};
  for (const name of defaultsOf(defaults, path)) {
    const file = resolve(dirname(absolute), extname(name) === '' ? `${name}.yaml` : name);
    const layer: Origins = new Map();
    values = merge(values, readLayer(file, [...trail, absolute], layer), { source: file, origins });
    for (const [key, source] of layer) origins.set(key, source);
  }
  return merge(values, own, { source: path, origins });
}

function parseFile(path: string): ConfigMap {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw invalid(`Cannot read the configuration file ${path}: expected an existing YAML file.`, cause);
  }
  let content: unknown;
  try {
    content = parse(text, { merge: true }) ?? {};
  } catch (cause) {
    throw invalid(`${path} is not valid YAML: ${(cause as Error).message}`, cause);
  }
  if (!isMap(content)) throw invalid(`${path}: expected a mapping of keys to values at the top of the file.`);
  return content;
}

function defaultsOf(defaults: unknown, path: string): string[] {
  if (defaults === undefined) return [];
  if (Array.isArray(defaults) && defaults.every((name) => typeof name === 'string')) return defaults;
  throw invalid(`${path}: "defaults" must be a list of file names, for example "defaults: [base/image]".`);
}

function invalid(detail: string, cause?: unknown): AssayError {
  return new AssayError('invalid-configuration', detail, { cause });
}
