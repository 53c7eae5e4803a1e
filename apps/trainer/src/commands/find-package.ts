import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openRegistry, readPackage, type ModelPackage } from '@assay/model-registry';
import { AssayError } from '@assay/schema';

/**
 * The package that a user names: its folder, or `name`, `name@version`, `name@champion` in the first registry
 * that has the name.
 *
 * @throws AssayError `unknown-model`, `unknown-version` or `invalid-package`.
 */
export async function findPackage(reference: string, registries: readonly string[]): Promise<ModelPackage> {
  if (existsSync(join(reference, 'manifest.json'))) return readPackage(reference);
  const [name = '', version] = reference.split('@');
  const known: string[] = [];
  for (const folder of registries) {
    const registry = openRegistry(folder);
    const names = await registry.names();
    if (names.includes(name)) return registry.resolve(name, version);
    known.push(...names);
  }
  throw new AssayError(
    'unknown-model',
    `No package at or named "${reference}"; known in ${registries.join(', ')}: ${[...new Set(known)].join(', ') || 'none'}.`,
  );
}
