import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';

/** The modules of this package that a module loads at run time, and the packages. */
async function loadedBy(module: string, seen = new Set<string>()): Promise<Set<string>> {
  if (seen.has(module)) return seen;
  seen.add(module);
  if (!module.startsWith('./')) return seen;
  const source = await readFile(new URL(module, import.meta.url), 'utf8');
  for (const [, names, from] of source.matchAll(/^(?:import|export) (.*?)from '(.*?)';$/gms)) {
    if (names !== undefined && from !== undefined && !names.startsWith('type ')) await loadedBy(from, seen);
  }
  return seen;
}

describe('the session worker', () => {
  it('loads neither zod nor the schemas, which would cost each worker 20 MB and half a second', async () => {
    const loaded = [...(await loadedBy('./session.worker.ts'))];
    expect(loaded).toContain('./native-session.ts');
    expect(loaded.filter((module) => !/^(?:\.\/|node:)/.test(module))).toEqual([]);
  });
});
