import { AssayError } from '@assay/schema';
import type { Output } from '../output.ts';
import { compareFolder, countDifferences } from './compare.ts';
import { loadDatasetConfig } from './dataset-config.ts';
import { manifestPath, readManifest, versionOf } from './manifest.ts';

/**
 * Compares every file of a data set with the version that was pulled or pushed, and that with the one pinned.
 * Lists each file that is missing, changed or extra.
 *
 * @returns Whether all is as it should be.
 * @throws AssayError `invalid-dataset` if the data set was never pulled, or in another version.
 */
export async function verifyData(
  request: { name: string; configs: string },
  output: Output,
): Promise<boolean> {
  const config = loadDatasetConfig(request.name, request.configs);
  const { name, target } = config;
  const manifest = await readManifest(target);
  if (!manifest)
    throw new AssayError(
      'invalid-dataset',
      `There is no ${manifestPath(target)} to compare with: run \`assay data pull ${name}\` first.`,
    );
  const version = versionOf(manifest);
  if (config.version !== undefined && version !== config.version)
    throw new AssayError(
      'invalid-dataset',
      `${target} holds version ${version}; ${config.file} pins ${config.version}. Run \`assay data pull ${name}\`.`,
    );
  const total = manifest.files.reduce((sum, { size }) => sum + size, 0);
  const progress = output.progress(`verifying ${name}`, total);
  const differences = await compareFolder(target, manifest, (bytes) => progress.update(bytes)).finally(() =>
    progress.stop(),
  );
  for (const kind of ['missing', 'changed', 'extra'] as const)
    for (const path of differences[kind]) output.line(`${kind.padEnd(7)} ${path}`);
  const faults = countDifferences(differences);
  output.line(
    faults === 0
      ? `${name} ${version}: ${manifest.files.length} files, all as they should be`
      : `${name} ${version}: ${faults} of ${manifest.files.length} files are not as they should be`,
  );
  return faults === 0;
}
