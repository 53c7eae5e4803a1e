import { readFile } from 'node:fs/promises';
import { readReferenceProfile, type FeatureRow } from '@assay/drift-statistics';
import { openClassifier } from '@assay/prediction';
import { seededRandom } from '@assay/random';
import { AssayError, recordSample, type ImagePreprocessingSpec, type ModelManifest } from '@assay/schema';
import type { ModelPackage } from '@assay/model-registry';
import { findPackage } from '../commands/find-package.ts';
import { forEachConcurrently } from '../data/concurrently.ts';
import type { Output } from '../output.ts';
import { profileValues } from '../reference/profile-values.ts';
import { describeRates } from './describe-rates.ts';
import { detectionRates, type Effect } from './detection-rates.ts';
import { classShift, mixed, resampled } from './drawn-effects.ts';
import { imageEffects } from './image-effects.ts';
import { imagesUnder } from './images-under.ts';
import { observer } from './observe-images.ts';
import type { SimulatedWorld } from './simulated-window.ts';

/** What `assay drift simulate` was asked to do. */
export interface SimulateRequest {
  folder: string;
  model: string;
  registries: readonly string[];
  /** What windows are held against: the reference profile of the model, or half of the folder. */
  against: 'model' | 'folder';
  /** A folder of images that do not belong there. */
  mix?: string;
  sizes: readonly number[];
  windows: number;
  /** Images at most. */
  images: number;
  seed: number;
  json: boolean;
  signal: AbortSignal;
}

/** What an hourly look gets of the budget of a week. */
const LEVEL = 0.05 / 168;
const MIXED_SHARE = 0.1;
const CLASS_SHIFTS = [0.1, 0.3];

/**
 * Changes the images of a folder in every way that {@link imageEffects} has, has the model answer them, draws windows from what the log would
 * hold, and prints how often each change is found at which size.
 *
 * @throws AssayError `wrong-input-kind` for a model of tables, `no-reference-profile`, `invalid-dataset` for a folder without images.
 */
export async function simulate(request: SimulateRequest, output: Output): Promise<void> {
  const { seed, sizes, windows, against, signal } = request;
  const model = await findPackage(request.model, request.registries);
  const { preprocessing } = model.manifest;
  if (preprocessing.kind !== 'image')
    throw new AssayError('wrong-input-kind', `Expected a model of images; ${model.name} takes features.`);
  const files = await drawnFiles(request.folder, request);
  const classifier = await openClassifier(model, { workers: 1 });
  const total = files.length * (imageEffects.length + 1);
  const progress = output.progress('images', total);
  let done = 0;
  const observe = observer(classifier);
  /** What the log would hold of the files, changed or not. */
  const rowsOf = async (
    paths: readonly string[],
    change: Change = (bytes) => bytes,
  ): Promise<FeatureRow[]> => {
    const rows = new Array<FeatureRow>(paths.length);
    await forEachConcurrently(paths, async (path, at) => {
      signal.throwIfAborted();
      rows[at] = (await observe(await change(await readFile(path), path))).row;
      progress.update(++done);
    });
    return rows;
  };
  let world: SimulatedWorld;
  const effects: Effect[] = [];
  try {
    const { decodeImage } = await import('@assay/preprocessing');
    const all = await rowsOf(files);
    const half = Math.ceil(files.length / 2);
    world =
      against === 'model' ? await worldOf(model) : await worldOfRows(model.manifest, all.slice(0, half));
    const [rows, paths] = against === 'model' ? [all, files] : [all.slice(half), files.slice(half)];
    effects.push(resampled('as they are', rows));
    for (const { name, apply } of imageEffects) {
      const change: Change = async (bytes, path) =>
        apply(
          await decodeImage(bytes, { spec: preprocessing as ImagePreprocessingSpec }),
          seededRandom(seed, name, path),
        );
      effects.push(resampled(name, await rowsOf(paths, change)));
    }
    effects.push(
      ...CLASS_SHIFTS.map((points) => classShift(rows, points)).filter((one) => one !== undefined),
    );
    if (request.mix !== undefined) {
      const others = await rowsOf(await drawnFiles(request.mix, request));
      effects.push(mixed(`10 % from ${request.mix}`, { rows, others, share: MIXED_SHARE }));
    }
  } finally {
    progress.stop();
    await classifier.close();
  }
  const judging = output.progress('windows', effects.length * sizes.length * windows);
  let judged = 0;
  const cache = new Map<string, number>();
  const options = {
    world,
    sizes,
    windows,
    seed,
    level: LEVEL,
    cache,
    onWindow: () => judging.update(++judged),
  };
  const rates = effects.map((effect) => {
    signal.throwIfAborted();
    return detectionRates(effect, options);
  });
  judging.stop();
  if (request.json)
    output.line(
      JSON.stringify({
        model: `${model.name}@${model.version}`,
        against,
        images: files.length,
        windows,
        level: LEVEL,
        effects: rates,
      }),
    );
  else describeRates(rates).forEach((line) => output.line(line));
  const unchanged = rates[0]!.sizes.at(-1)!;
  if (against === 'model' && unchanged.drifted > 0.5)
    output.note(
      'The folder itself is another world than what the model knows: --against folder tells the changes apart from that.',
    );
}

type Change = (bytes: Buffer, path: string) => Promise<Uint8Array> | Uint8Array;

async function drawnFiles(folder: string, { images, seed }: SimulateRequest): Promise<string[]> {
  return seededRandom(seed, 'drift-simulate')
    .shuffle(await imagesUnder(folder))
    .slice(0, images);
}

/** What a package knows. @throws AssayError `no-reference-profile` */
async function worldOf({ manifest, path, name, version }: ModelPackage): Promise<SimulatedWorld> {
  const { referenceProfile, referenceSample } = manifest;
  if (referenceProfile === undefined)
    throw new AssayError(
      'no-reference-profile',
      `${name}@${version} has no reference profile. Pack it again to get one, or use --against folder.`,
    );
  const json = async (file: string): Promise<unknown> => JSON.parse(await readFile(path(file), 'utf8'));
  return {
    manifest,
    reference: await readReferenceProfile(await json(referenceProfile)),
    referenceSample:
      referenceSample === undefined ? undefined : recordSample.parse(await json(referenceSample)),
  };
}

/** A world of these records alone. */
async function worldOfRows(manifest: ModelManifest, rows: readonly FeatureRow[]): Promise<SimulatedWorld> {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const features = Object.fromEntries(
    names.flatMap((name) => {
      const profile = profileValues(rows.map((row) => row[name] ?? undefined));
      return profile === undefined ? [] : [[name, profile]];
    }),
  );
  const reference = await readReferenceProfile({ schemaVersion: 1, inputs: rows.length, features });
  return { manifest, reference, referenceSample: undefined };
}
