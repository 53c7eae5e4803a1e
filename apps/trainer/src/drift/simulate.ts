import { readFile } from 'node:fs/promises';
import type { FeatureRow } from '@assay/drift-statistics';
import { openClassifier } from '@assay/prediction';
import { decodeImage } from '@assay/preprocessing';
import { seededRandom } from '@assay/random';
import { AssayError } from '@assay/schema';
import { findPackage } from '../commands/find-package.ts';
import { forEachConcurrently } from '../data/concurrently.ts';
import type { Output } from '../output.ts';
import { describeRates } from './describe-rates.ts';
import { detectionRates, type DetectionRates, type Effect } from './detection-rates.ts';
import { classShift, mixed, resampled } from './drawn-effects.ts';
import { imageEffects } from './image-effects.ts';
import { imagesUnder } from './images-under.ts';
import { observer } from './observe-images.ts';
import type { SimulatedWorld } from './simulated-window.ts';
import { worldOfModel, worldOfRows } from './world-of.ts';

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
  const { against, sizes, windows, signal } = request;
  const { world, effects, images } = await changedWorlds(request, output);
  const judging = output.progress('windows', effects.length * sizes.length * windows);
  const cache = new Map<string, number>();
  let judged = 0;
  const rates = effects.map((effect) => {
    const onWindow = () => {
      signal.throwIfAborted();
      judging.update(++judged);
    };
    return detectionRates(effect, { ...request, world, level: LEVEL, cache, onWindow });
  });
  judging.stop();
  const { name, version } = world.manifest;
  if (request.json)
    output.line(
      JSON.stringify({ model: `${name}@${version}`, against, images, windows, level: LEVEL, effects: rates }),
    );
  else describeRates(rates).forEach((line) => output.line(line));
  for (const note of cautions(rates, { against, images, sizes })) output.note(note);
}

/** What the log would hold of the folder, as it is and changed in every way. */
async function changedWorlds(request: SimulateRequest, output: Output) {
  const { seed, against, mix, signal } = request;
  const model = await findPackage(request.model, request.registries);
  const { preprocessing } = model.manifest;
  if (preprocessing.kind !== 'image')
    throw new AssayError('wrong-input-kind', `Expected a model of images; ${model.name} takes features.`);
  const drawn = async (folder: string) =>
    seededRandom(seed, 'drift-simulate')
      .shuffle(await imagesUnder(folder))
      .slice(0, request.images);
  const files = await drawn(request.folder);
  const strangers = mix === undefined ? [] : await drawn(mix);
  const known = against === 'folder' ? Math.ceil(files.length / 2) : 0;
  const paths = files.slice(known);

  const classifier = await openClassifier(model, { workers: 1 });
  const observe = observer(classifier);
  const progress = output.progress(
    'images',
    files.length + imageEffects.length * paths.length + strangers.length,
  );
  let done = 0;
  const rowsOf = async (of: readonly string[], change: Change = (bytes) => bytes): Promise<FeatureRow[]> => {
    const rows = new Array<FeatureRow>(of.length);
    await forEachConcurrently(of, async (path, at) => {
      signal.throwIfAborted();
      rows[at] = await observe(await change(await readFile(path), path));
      progress.update(++done);
    });
    return rows;
  };
  try {
    const world: SimulatedWorld =
      against === 'model'
        ? await worldOfModel(model)
        : await worldOfRows(model.manifest, await rowsOf(files.slice(0, known)));
    const rows = await rowsOf(paths);
    const effects: Effect[] = [resampled('as they are', rows)];
    for (const { name, apply } of imageEffects) {
      const changed = await rowsOf(paths, async (bytes, path) =>
        apply(await decodeImage(bytes, { spec: preprocessing }), seededRandom(seed, name, path)),
      );
      effects.push(resampled(name, changed));
    }
    for (const points of CLASS_SHIFTS) {
      const shifted = classShift(rows, points);
      if (shifted !== undefined) effects.push(shifted);
    }
    if (strangers.length > 0)
      effects.push(mixed(`10 % from ${mix}`, { rows, others: await rowsOf(strangers), share: MIXED_SHARE }));
    return { world, effects, images: paths.length };
  } finally {
    progress.stop();
    await classifier.close();
  }
}

type Change = (bytes: Buffer, path: string) => Promise<Uint8Array> | Uint8Array;

/** What to know of a table before it is believed. */
function cautions(
  [unchanged]: readonly DetectionRates[],
  { against, images, sizes }: Pick<SimulateRequest, 'against' | 'sizes'> & { images: number },
): string[] {
  const found = unchanged?.sizes.some(({ drifted }) => drifted > 0.5) ?? false;
  return [
    ...(found && against === 'model'
      ? [
          'The folder itself is another world than what the model knows: --against folder tells the changes apart from that.',
        ]
      : []),
    ...(Math.max(...sizes) > images
      ? [
          `Windows of more than ${images} records hold images several times: what is peculiar to these few images is then found as well.`,
        ]
      : []),
  ];
}
