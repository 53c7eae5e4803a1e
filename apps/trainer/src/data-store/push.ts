import { openObjectStore } from '@assay/object-store';
import { AssayError } from '@assay/schema';
import { loadDatasetConfig, pinVersion } from './dataset-config.ts';
import { manifestOf, versionOf, writeManifest } from './manifest.ts';
import type { PullContext } from './pull.ts';
import { pushVersion } from './version-store.ts';

/** What `assay data push` was asked to do. */
export interface PushRequest {
  name: string;
  configs: string;
  /** Object store. */
  to: string;
}

/**
 * Stores the folder of a data set as a version and pins it in the description.
 *
 * @returns The version.
 * @throws AssayError `invalid-dataset` if there is nothing to push; what the store says otherwise.
 */
export async function pushData(
  request: PushRequest,
  { output, signal }: Pick<PullContext, 'output' | 'signal'>,
): Promise<string> {
  const config = loadDatasetConfig(request.name, request.configs);
  const manifest = await manifestOf(config.target);
  if (manifest.files.length === 0)
    throw new AssayError(
      'invalid-dataset',
      `There is nothing to push in ${config.target}: expected the files of ${config.name}.`,
    );
  const version = versionOf(manifest);
  const store = await openObjectStore(request.to);
  const total = manifest.files.reduce((sum, { size }) => sum + size, 0);
  const progress = output.progress(`pushing ${config.name}`, total);
  try {
    const pushed = await pushVersion(
      store,
      { name: config.name, folder: config.target, manifest },
      { signal, progress: (bytes) => progress.update(bytes) },
    );
    await writeManifest(config.target, manifest);
    if (config.version !== version) await pinVersion(config, version);
    output.line(
      `${config.name} ${version}: ${manifest.files.length} files, ${pushed.files} of them new in ${store.url} ` +
        `(${(pushed.bytes / 1e6).toFixed(1)} MB)`,
    );
    return version;
  } finally {
    progress.stop();
  }
}
