import { openRegistry, type Registry } from '@assay/model-registry';
import { AssayError } from '@assay/schema';

/** The first registry that has a model. @throws AssayError `unknown-model` */
export async function findRegistry(model: string, folders: readonly string[]): Promise<Registry> {
  const known: string[] = [];
  for (const folder of folders) {
    const registry = openRegistry(folder);
    const names = await registry.names();
    if (names.includes(model)) return registry;
    known.push(...names);
  }
  throw new AssayError(
    'unknown-model',
    `No model is named "${model}"; known in ${folders.join(', ')}: ${[...new Set(known)].join(', ') || 'none'}.`,
  );
}
