import { join } from 'node:path';
import { imageToViews, resizeImage } from '@assay/preprocessing';
import { AssayError } from '@assay/schema';
import { imageBatches } from '../batches/image-batches.ts';
import { threadedBatches } from '../batches/threaded-batches.ts';
import type { TrainingConfig } from '../config/training-config.ts';
import type { Output } from '../output.ts';
import type { Examples } from './examples.ts';
import { cacheImages, openCache, type ByteBudget, type CachedImages } from './image-cache.ts';
import type { PreparedInputs } from './prepare-data.ts';
import { splitNames, type ListedImage, type SplitName } from './sample.ts';
import type { Split } from './split.ts';

/** From so many images of a part on, their pixels are kept on disk for the next run. */
const storedFrom = 10_000;

type ImageConfig = TrainingConfig & { data: Exclude<TrainingConfig['data'], { reader: 'table' }> };

/** Decodes all images; training ones are kept at the size of the training view, others as they are. */
export async function prepareImages(
  split: Split<ListedImage>,
  context: { config: ImageConfig; labels: readonly string[]; state: string; output: Output },
): Promise<{ prepared: PreparedInputs; faults: string[] }> {
  const { config, labels } = context;
  const { preprocessing, view } = config;
  if (preprocessing === undefined || view === undefined)
    throw new AssayError('invalid-configuration', 'A data set of images needs "preprocessing" and "view".');
  const budget: ByteBudget = { remaining: config.data.cacheMegabytes * 1e6 };
  const total = splitNames.reduce((sum, name) => sum + split[name].length, 0);
  const progress = context.output.progress('reading images', total);
  let done = 0;
  const load = async (name: SplitName) => {
    const reencode = config.data.reencode?.splits.includes(name) ? config.data.reencode.quality : undefined;
    const resize = name === 'train' ? (view.resize ?? preprocessing.resize) : undefined;
    return cacheImages(
      split[name],
      { decode: preprocessing, reencode, resize },
      {
        budget,
        store: { folder: join(context.state, 'data'), least: storedFrom },
        onImage: () => progress.update(++done),
      },
    );
  };
  const train = await load('train');
  const validation = await load('validation');
  const test = await load('test');
  progress.stop();

  const classesOf = (name: SplitName) =>
    Int32Array.from(split[name], (sample) => labels.indexOf(sample.label));
  const examplesOf = (name: SplitName, images: CachedImages): Examples => {
    const cache = openCache(images);
    const isFast = preprocessing.resize.mode !== 'none' && preprocessing.resize.engine === 'libvips';
    return {
      classes: classesOf(name),
      views: async (index) => {
        const pixels = await cache.pixels(index);
        return imageToViews(isFast ? await resizeImage(pixels, preprocessing.resize) : pixels, preprocessing);
      },
    };
  };
  const options = {
    view,
    normalise: preprocessing.normalise,
    labels: labels.length,
    batchSize: config.batchSize,
    seed: config.seed,
  };
  const { threads } = config.loading;
  return {
    faults: [...train.faults, ...validation.faults, ...test.faults],
    prepared: {
      preprocessing,
      networkInput: {
        kind: 'image',
        height: view.height,
        width: view.width,
        channels: preprocessing.normalise.mean.length,
      },
      batches:
        threads === 0
          ? imageBatches(openCache(train.images), classesOf('train'), options)
          : threadedBatches({ images: train.images, classes: classesOf('train'), options }, threads),
      examples: {
        train: examplesOf('train', train.images),
        validation: examplesOf('validation', validation.images),
        test: examplesOf('test', test.images),
      },
    },
  };
}
