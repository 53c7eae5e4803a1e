import { join } from 'node:path';
import { AssayError } from '@assay/schema';
import type { Output } from '../output.ts';
import { compareFolder, countDifferences } from './compare.ts';
import { loadDatasetConfig, pinVersion, type DatasetConfig, type DatasetSource } from './dataset-config.ts';
import type { DownloadContext } from './download.ts';
import { installFolder, refuseToLose } from './draft-folder.ts';
import { fetchDvc } from './dvc/fetch-dvc.ts';
import type { Fetch, Fetched } from './fetch.ts';
import { fetchUrl } from './fetch-url.ts';
import { fetchVersion } from './fetch-version.ts';
import { readManifest, versionOf } from './manifest.ts';

/** What `assay data pull` was asked to do. */
export interface PullRequest {
  name: string;
  /** Folder with the descriptions, usually `configs/data`. */
  configs: string;
  /** Folder for what can be made again, usually `.assay`. */
  state: string;
  /** An archive that was downloaded by hand. */
  file?: string | undefined;
  /** Whether the version that comes is the one to be pinned from now on. */
  pin: boolean;
  /** Whether files that were not pulled may be replaced. */
  force: boolean;
}

/** What a command of this group is given. */
export interface PullContext extends Pick<DownloadContext, 'signal' | 'wait'> {
  output: Output;
}

/**
 * Brings a data set to its folder: from the first of its sources that works, checked, complete or not at all.
 *
 * @returns Its version.
 * @throws AssayError `manual-download` that says what to do by hand; `checksum-mismatch`; `storage-unavailable` …
 */
export async function pullData(request: PullRequest, context: PullContext): Promise<string> {
  const config = loadDatasetConfig(request.name, request.configs);
  const { output } = context;
  const there = request.file === undefined && !request.pin ? await intactVersion(config) : undefined;
  if (there !== undefined) {
    output.line(`${config.name} ${there} is in ${config.target} already`);
    return there;
  }
  if (!request.force) await refuseToLose(config.target);
  const sources = request.file === undefined ? config.sources : [byHand(request.file, config.sources)];
  const draft = `${config.target}.partial`;
  const fetched = await fetchFirst(sources, config, { draft, request, context });
  const version = versionOf(fetched.manifest);
  if (config.version !== undefined && version !== config.version && !request.pin)
    throw new AssayError(
      'checksum-mismatch',
      `The source of ${config.name} holds version ${version}; ${config.file} pins ${config.version}. ` +
        'If the data are meant to change: pull again with --pin.',
    );
  await installFolder(fetched.content, { draft, target: config.target, manifest: fetched.manifest });
  if (request.pin && version !== config.version) await pinVersion(config, version);
  else if (config.version === undefined)
    output.note(`${config.file} pins no version: --pin writes it there, so that a change is noticed.`);
  const bytes = fetched.manifest.files.reduce((sum, { size }) => sum + size, 0);
  output.line(
    `${config.name} ${version}: ${fetched.manifest.files.length} files, ${megabytes(bytes)} MB in ${config.target}`,
  );
  output.note(`Terms: ${config.terms.trim()}`);
  return version;
}

/** The pinned version, if its folder is just what it should be. */
async function intactVersion({ version, target }: DatasetConfig): Promise<string | undefined> {
  const manifest = version === undefined ? undefined : await readManifest(target);
  if (!manifest || versionOf(manifest) !== version) return undefined;
  return countDifferences(await compareFolder(target, manifest)) === 0 ? version : undefined;
}

function byHand(file: string, sources: readonly DatasetSource[]): DatasetSource {
  const manual = sources.find((source) => source.type === 'manual');
  return {
    type: 'url',
    url: `file:${file}`,
    ...(manual?.sha256 === undefined ? {} : { sha256: manual.sha256 }),
  };
}

async function fetchFirst(
  sources: readonly DatasetSource[],
  config: DatasetConfig,
  place: { draft: string; request: PullRequest; context: PullContext },
): Promise<Fetched> {
  const { draft, request, context } = place;
  const failures: AssayError[] = [];
  for (const source of sources) {
    if (source.type === 'manual') continue;
    const progress = context.output.progress(`pulling ${config.name}, %`, 100);
    try {
      return await fetchFrom(source, {
        config,
        draft,
        downloads: join(request.state, 'downloads'),
        context: {
          signal: context.signal,
          wait: context.wait,
          note: context.output.note,
          progress: (done, total) => progress.update(total ? Math.floor((100 * done) / total) : 0),
        },
      });
    } catch (error) {
      if (!(error instanceof AssayError)) throw error;
      failures.push(error);
      context.output.note(error.message);
    } finally {
      progress.stop();
    }
  }
  const manual = sources.find((source) => source.type === 'manual');
  if (manual) throw manualDownload(config, manual);
  if (failures.length === 1) throw failures[0]!;
  throw new AssayError(
    'storage-unavailable',
    `No source of ${config.name} could be used:${failures.map(({ message }) => `\n  - ${message}`).join('')}`,
  );
}

function fetchFrom(source: Exclude<DatasetSource, { type: 'manual' }>, fetch: Fetch): Promise<Fetched> {
  switch (source.type) {
    case 'url':
      return fetchUrl(source, fetch);
    case 'store':
      return fetchVersion(source.url, fetch);
    case 'dvc':
      return fetchDvc(source, fetch);
  }
}

function manualDownload(config: DatasetConfig, source: { page: string; steps: string[] }): AssayError {
  const steps = [`Open ${source.page}`, ...source.steps, `Run: assay data pull ${config.name} --file PATH`];
  return new AssayError(
    'manual-download',
    `${config.name} has to be fetched by hand, for its source wants an account or a consent.\n` +
      `Terms: ${config.terms.trim()}\n${steps.map((step, index) => `  ${index + 1}. ${step}`).join('\n')}`,
  );
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
