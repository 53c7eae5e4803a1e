import { augmentationSpec, imagePreprocessingSpec, modelName, modelVersion, resizeSpec } from '@assay/schema';
import { lossSpec, optimiserSpec, pruneSpec, scheduleSpec } from '@assay/training';
import { z } from 'zod';
import { filePropertyNames } from '../statistics/file-properties.ts';
import { trackerSpec } from '../tracking/tracker-spec.ts';

const share = z.number().min(0).max(1);
const openShare = z.number().gt(0).lt(1);
const side = z.int().min(1).max(4096);
const anyData = {
  /** Folder or `.tar.gz` archive, relative to the working directory. */
  path: z.string().min(1),
  /** Names of the labels, by what the data calls them: `{ 0: authentic, 1: ai-generated }`. */
  labels: z.record(z.string(), z.string().min(1)).optional(),
};
const imageData = {
  ...anyData,
  /** Decodes and encodes every image again, before anything else, so that no codec can give a class away. */
  reencode: z
    .strictObject({
      /** JPEG quality, drawn evenly from this range by the content of the image. */
      quality: z.tuple([z.int().min(1).max(100), z.int().min(1).max(100)]),
      splits: z.array(z.enum(['train', 'validation', 'test'])).default(['train', 'validation', 'test']),
    })
    .optional(),
  /** Decoded pixels kept in memory; images beyond it are decoded anew each time. Megabytes of 10^6 bytes. */
  cacheMegabytes: z.number().min(0).default(600),
  /** Properties of the files that may tell the class; training refuses others that do (`assay data stats`). */
  allowLeaks: z.array(z.enum(filePropertyNames)).default([]),
};

const data = z.discriminatedUnion('reader', [
  z.strictObject({
    reader: z.literal('folders'),
    ...imageData,
    /** Folders of the data that hold the class folders, where it comes parted. */
    train: z.string().optional(),
    test: z.string().optional(),
  }),
  z.strictObject({
    reader: z.literal('csv'),
    ...imageData,
    table: z.string(),
    file: z.string().default('{file}'),
    labelColumn: z.string().default('label'),
    separator: z.string().length(1).default(','),
  }),
  z.strictObject({
    reader: z.literal('table'),
    ...anyData,
    tables: z
      .array(z.strictObject({ file: z.string(), constants: z.record(z.string(), z.number()).default({}) }))
      .min(1),
    labelColumn: z.string(),
    features: z.array(z.string()).min(1).optional(),
    separator: z.string().length(1).default(','),
  }),
]);

const mixing = z.strictObject({
  /** Share of the batches that are mixed. */
  probability: share,
  /** Both parameters of the Beta distribution of the mixing share. */
  alpha: z.number().positive().default(1),
});

/** A training configuration after composition and overrides. */
export const trainingConfig = z
  .strictObject({
    name: modelName,
    /** Of the package; the time at which the run began if left out. */
    version: modelVersion.optional(),
    description: z.string().default(''),
    /** In the order of the model's outputs; the labels found, sorted, if left out. */
    labels: z.array(z.string().min(1)).min(2).optional(),
    positiveLabel: z.string().optional(),
    /** Whether the labels are steps of a scale, in their order: adds the quadratic-weighted kappa. */
    ordinal: z.boolean().default(false),
    data,
    /** Shares of each class; training gets the rest. */
    split: z
      .strictObject({
        validation: openShare.default(0.15),
        test: openShare.default(0.15),
        seed: z.int().default(1),
      })
      .prefault({}),
    /** How images are prepared in evaluation and serving. */
    preprocessing: imagePreprocessingSpec.optional(),
    /** What the network sees in training: images brought to `resize` once, then augmented anew each epoch. */
    view: z
      .strictObject({
        width: side,
        height: side,
        /** That of `preprocessing` if left out. */
        resize: resizeSpec.optional(),
        augmentations: z.array(augmentationSpec).default([]),
        mixup: mixing.optional(),
        cutmix: mixing.optional(),
      })
      .optional(),
    network: z.strictObject({
      /** Values that `$name` stands for in the layers, so that a setting or a sweep can change them. */
      parameters: z.record(z.string(), z.unknown()).optional(),
      /** Named lists of layers with `$parameters`. */
      blocks: z.record(z.string(), z.array(z.unknown())).optional(),
      layers: z.array(z.unknown()).min(1),
    }),
    loss: lossSpec.prefault({ type: 'cross-entropy' }),
    optimiser: optimiserSpec,
    schedule: scheduleSpec,
    epochs: z.int().min(1),
    batchSize: z.int().min(1).default(64),
    seed: z.int().default(1),
    /** Threads of the training step; all cores if left out. */
    threads: z.int().min(1).optional(),
    /**
     * Replicas of the network that share the threads, each training on its part of every batch; their gradients are
     * averaged. Batch norms then normalise each part by its own statistics.
     */
    dataParallel: z.int().min(1).default(1),
    /** How batches are made while the step runs. */
    loading: z
      .strictObject({
        /** Threads that decode and augment images; 0 makes batches in the main thread. */
        threads: z.int().min(0).default(1),
        /** Batches that are made or ready ahead of the step. */
        ahead: z.int().min(1).default(2),
      })
      .prefault({}),
    /** Trains on one of `count` equal shares of each epoch (`--shard i/n`); `index` from 0. */
    shard: z.strictObject({ index: z.int().min(0), count: z.int().min(1) }).optional(),
    /** Averages the weights over the steps with this decay; the average is what is evaluated and kept. */
    ema: z.strictObject({ decay: openShare }).optional(),
    validation: z
      .strictObject({
        /** Epochs between two looks at the validation split. */
        every: z.int().min(1).default(1),
      })
      .prefault({}),
    /** What the best checkpoint is the best in; `auroc` where there is a positive label, else `accuracy`. */
    metric: z.enum(['accuracy', 'auroc', 'logLoss']).optional(),
    /** Ends the run after this many validations without a better metric. */
    earlyStopping: z.strictObject({ patience: z.int().min(1) }).optional(),
    /**
     * Trains the weights that answer anew, by the same recipe, once everything has been chosen: on `train+validation`, which the
     * test part still measures, or on `all`, which nothing can measure: the figures are then those of the weights before.
     */
    refit: z.enum(['none', 'train+validation', 'all']).default('none'),
    checkpoint: z.strictObject({ everyEpochs: z.int().min(1).default(1) }).prefault({}),
    /** Starts from the weights of a run folder or a checkpoint file, all layers but the last. */
    pretrain: z.strictObject({ from: z.string().min(1) }).optional(),
    /** Starts from the weights of a run of the same network and takes the smallest channels or weights away on the way. */
    prune: pruneSpec.extend({ from: z.string().min(1) }).optional(),
    decision: z
      .strictObject({
        accuracy: share.default(0.9),
        minimumCoverage: share.default(0.5),
        assurance: z.number().min(0.5).lt(1).default(0.8),
      })
      .prefault({}),
    /** `null` leaves the gate out. */
    scopeGate: z
      .strictObject({
        /** `transformations` is for images that all have one arrangement, such as aligned portraits. */
        method: z.enum(['mahalanobis', 'transformations']).default('mahalanobis'),
        coverage: openShare.default(0.995),
      })
      .prefault({})
      .nullable(),
    /** `null` leaves the INT8 variant out. */
    int8: z
      .strictObject({
        /** How the values seen become the range of a tensor: all of them, or so many percent. */
        method: z
          .discriminatedUnion('type', [
            z.strictObject({ type: z.literal('min-max') }),
            z.strictObject({
              type: z.literal('percentile'),
              percentile: z.number().gt(50).max(100).default(99.99),
            }),
          ])
          .prefault({ type: 'percentile' }),
        /** Training inputs that the ranges are measured on. */
        calibrationSamples: z.int().min(1).default(200),
        /** Points of accuracy, and of AUROC where there is a positive label, 0 to 1, that INT8 may lose and still be served. */
        accuracyBudget: share.default(0.005),
      })
      .prefault({})
      .nullable(),
    /** The table of corruptions in the card, for images; `null` leaves it out. */
    robustness: z
      .strictObject({
        /** Of the test part, drawn by the seed. */
        images: z.int().min(1).default(500),
      })
      .prefault({})
      .nullable(),
    /** Looks at how faithful the maps of images are, for the card; `null` leaves it out. */
    explanations: z
      .strictObject({
        /** Of the test part, drawn by the seed; each costs about 60 runs of its views. */
        images: z.int().min(1).default(50),
      })
      .prefault({})
      .nullable(),
    /**
     * What the test part is cut by to look for weak spots: `size`, `format`, `brightness`, `contrast`, `sharpness`,
     * `saturation`, `jpegQuality` for images (the first three and sharpness if left out), columns for tables.
     */
    slices: z.array(z.string().min(1)).optional(),
    card: z
      .strictObject({
        /** Where the data comes from and on what terms. */
        data: z.string().default('Not stated.'),
        intendedUse: z.string().default('Not stated.'),
        notFor: z.array(z.string()).default([]),
      })
      .prefault({}),
    /** Who is told of the run, beside its own folder. */
    trackers: z.array(trackerSpec).default([]),
    /** Folder that model packages are written to. */
    registry: z.string().default('.assay/registry'),
  })
  .superRefine((config, context) => {
    const fail = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    const images = config.data.reader !== 'table';
    for (const key of ['preprocessing', 'view'] as const) {
      if (images && config[key] === undefined) fail([key], 'missing; a data set of images needs it');
      if (!images && config[key] !== undefined) fail([key], 'only a data set of images has it');
    }
    if (config.labels && config.positiveLabel !== undefined && !config.labels.includes(config.positiveLabel))
      fail(['positiveLabel'], `expected one of the labels: ${config.labels.join(', ')}`);
    if (config.metric === 'auroc' && config.positiveLabel === undefined)
      fail(['metric'], 'auroc needs a positiveLabel');
    if (config.shard && config.shard.index >= config.shard.count)
      fail(['shard', 'index'], `expected 0 to ${config.shard.count - 1}, for ${config.shard.count} shards`);
    if (config.refit !== 'none' && config.prune)
      fail(['refit'], 'expected none: other inputs would have other channels taken away');
    if (config.split.validation + config.split.test >= 1)
      fail(['split'], 'validation and test together leave nothing to train on');
    if (config.batchSize % config.dataParallel !== 0)
      fail(['dataParallel'], `expected a divisor of batchSize, ${config.batchSize}`);
  });
export type TrainingConfig = z.infer<typeof trainingConfig>;
