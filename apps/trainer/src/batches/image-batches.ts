import { augment, normaliseInto, normaliseTable, type Pixels } from '@assay/preprocessing';
import { seededRandom } from '@assay/random';
import { AssayError, type AugmentationSpec, type ImagePreprocessingSpec } from '@assay/schema';
import type { ImageCache } from '../data/image-cache.ts';
import { epochOrders, oneHot, stepsPerEpoch, type BatchSource } from './batch-source.ts';
import { cutmix, mixup, type BatchShape } from './mix.ts';

/** What the network sees of an image in training. */
export interface TrainingView {
  width: number;
  height: number;
  augmentations: readonly AugmentationSpec[];
  mixup?: { probability: number; alpha: number } | undefined;
  cutmix?: { probability: number; alpha: number } | undefined;
}

export interface ImageBatchOptions {
  view: TrainingView;
  normalise: ImagePreprocessingSpec['normalise'];
  labels: number;
  batchSize: number;
  seed: number;
}

/** Augmented, normalised batches of images; each sample's augmentation is seeded by epoch and position. */
export function imageBatches(
  cache: ImageCache,
  classes: Int32Array,
  options: ImageBatchOptions,
): BatchSource {
  const { view, labels, batchSize, seed } = options;
  const table = normaliseTable(options.normalise);
  const channels = options.normalise.mean.length;
  const shape: BatchShape = { size: batchSize, height: view.height, width: view.width, channels, labels };
  const pixels = view.height * view.width * channels;
  const order = epochOrders(classes.length, options);
  return {
    stepsPerEpoch: stepsPerEpoch(classes.length, batchSize),
    batch: async (epoch, step) => {
      const chosen = order(epoch, step);
      const examples = new Float32Array(batchSize * pixels);
      const fill = async (row: number, position: number) => {
        const random = seededRandom(seed, 'augment', epoch, step * batchSize + position);
        const seen = await augment(await cache.pixels(row), view.augmentations, random);
        requireSize(seen, view);
        normaliseInto(seen, table, { target: examples, offset: position * pixels, layout: 'hwc' });
      };
      await Promise.all(Array.from(chosen, fill));
      const batch = { examples, targets: oneHot(chosen, classes, labels) };
      const random = seededRandom(seed, 'mix', epoch, step);
      const draw = random.uniform();
      const cut = view.cutmix?.probability ?? 0;
      if (view.cutmix && draw < cut) cutmix(batch, shape, { alpha: view.cutmix.alpha, random });
      else if (view.mixup && draw < cut + view.mixup.probability)
        mixup(batch, shape, { alpha: view.mixup.alpha, random });
      return batch;
    },
    close: () => Promise.resolve(),
  };
}

function requireSize(image: Pixels, view: TrainingView): void {
  if (image.width === view.width && image.height === view.height) return;
  throw new AssayError(
    'invalid-configuration',
    `view: after its augmentations an image is ${image.width} × ${image.height}, but the network takes ` +
      `${view.width} × ${view.height}. Add a "crop" of that size, or set view.resize.`,
  );
}
