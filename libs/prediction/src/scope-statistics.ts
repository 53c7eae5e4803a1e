import { readFile } from 'node:fs/promises';
import type { ModelPackage } from '@assay/model-registry';
import { AssayError, scopeGateStatistics, type ScopeGateStatistics } from '@assay/schema';

/**
 * The statistics of a package's scope gate; undefined where it has none, or one that needs none.
 *
 * @throws AssayError `invalid-package` where the file is not what it should be, or the model has no feature map
 */
export async function readScopeStatistics(model: ModelPackage): Promise<ScopeGateStatistics | undefined> {
  const { scopeGate, output } = model.manifest;
  if (scopeGate?.method !== 'mahalanobis') return undefined;
  const subject = `The scope gate of ${model.name}@${model.version}`;
  if (output.features === undefined) {
    throw new AssayError(
      'invalid-package',
      `${subject} needs a feature map, and the manifest names no such output.`,
    );
  }
  try {
    return scopeGateStatistics.parse(JSON.parse(await readFile(model.path(scopeGate.file), 'utf8')));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AssayError('invalid-package', `${subject} has no usable ${scopeGate.file}: ${why}`, { cause });
  }
}
