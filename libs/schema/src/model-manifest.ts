import { z } from 'zod';
import { embeddingProjection } from './embedding-projection.ts';
import { explanationSpec } from './explanation.ts';
import { modelEvaluation } from './model-evaluation.ts';
import { preprocessingSpec } from './preprocessing-spec.ts';

/** Names that may stand in a URL, a folder and a metric label as they are. */
export const modelName = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/, 'expected lower-case letters, digits and inner hyphens');

export const modelVersion = z
  .string()
  .regex(/^[0-9A-Za-z](?:[0-9A-Za-z.+-]{0,62}[0-9A-Za-z])?$/, 'expected letters, digits, dots, hyphens');

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected a sha256 in lower-case hex');

export const packageFile = z.strictObject({
  /** Relative to the package, forward slashes. */
  path: z.string().min(1),
  bytes: z.int().min(0),
  sha256,
});
export type PackageFile = z.infer<typeof packageFile>;

const interval = z.tuple([z.number(), z.number()]);

export const modelVariant = z.strictObject({
  /** File name in the package, for example `model.int8.onnx`. */
  file: z.string().min(1),
  /** Accuracy on the test split, 0 to 1. */
  accuracy: z.number().min(0).max(1).optional(),
  /** Area under the ROC curve on the test split, 0 to 1; binary tasks only. */
  auroc: z.number().min(0).max(1).optional(),
  /** 95 % bootstrap intervals of the two. */
  accuracyInterval: interval.optional(),
  aurocInterval: interval.optional(),
  /** Median time for one input with all its views, one thread, on the machine that packed it; milliseconds. */
  latencyMs: z.number().positive().optional(),
});
export type ModelVariant = z.infer<typeof modelVariant>;

export const calibration = z.strictObject({
  /** Logits are divided by this. */
  temperature: z.number().positive(),
  /** Added to the scaled logits, one per label. */
  bias: z.array(z.number()),
});
/** Calibrated logits are `logits / temperature + bias` (Guo et al. 2017, with a bias per label). */
export type Calibration = z.infer<typeof calibration>;

export const decisionBand = z.strictObject({
  /** Answers whose highest calibrated probability lies below this are `uncertain`. */
  minimumConfidence: z.number().min(0).max(1),
});
export type DecisionBand = z.infer<typeof decisionBand>;

const gateLimit = {
  /** Inputs whose distance lies above this are `out-of-scope`. */
  threshold: z.number().positive(),
  /** Share of in-scope inputs that the threshold was chosen to keep, 0 to 1. */
  coverage: z.number().min(0).max(1),
};

export const scopeGate = z.discriminatedUnion('method', [
  /** The squared Mahalanobis distance of the embedding from the training inputs'. */
  z.strictObject({
    method: z.literal('mahalanobis'),
    /** File in the package with the {@link scopeGateStatistics}. */
    file: z.string().min(1),
    ...gateLimit,
  }),
  /**
   * How surely a small network beside the model takes the input for a training image that was turned, shuffled or cut (Golan & El-Yaniv
   * 2018; Tack et al. 2020): `-ln` of the probability that it is a whole one.
   */
  z.strictObject({
    method: z.literal('transformations'),
    /** Output of the graph `[N, 1]`, from 0, averaged over the views. */
    output: z.string().min(1),
    ...gateLimit,
  }),
]);
export type ScopeGate = z.infer<typeof scopeGate>;

export const scopeGateStatistics = z.strictObject({
  /** Mean embedding of the training inputs, `[D]`. */
  mean: z.array(z.number()),
  /** Inverse of the (shrunk) covariance of the embedding: row-major `[D, D]`, or, being symmetric, its upper triangle row by row. */
  precision: z.array(z.number()),
});
/** Mahalanobis distance on the pooled last feature map (Lee et al. 2018), without class means. */
export type ScopeGateStatistics = z.infer<typeof scopeGateStatistics>;

/** sha256 over the sorted digests of the files that were read, and how many there were by part and label. */
const dataset = z.strictObject({
  name: z.string(),
  digest: sha256,
  counts: z.record(z.string(), z.record(z.string(), z.int().min(0))),
});

export const refitProvenance = z.strictObject({
  /** Parts of the data that the weights that answer were trained on. */
  parts: z.array(z.enum(['train', 'validation', 'test'])).min(1),
  /** Inputs in those parts. */
  inputs: z.int().min(1),
  epochs: z.int().min(1),
  /** File in the package with the `testAnswers` of the weights before; where the test part is one of the parts. */
  testAnswers: z.string().min(1).optional(),
});
/**
 * The weights that answer were trained anew by the same recipe, on more of the data, after everything had been chosen. Where the
 * test part is among it, all figures are those of the weights before.
 */
export type RefitProvenance = z.infer<typeof refitProvenance>;

export const trainingProvenance = z.strictObject({
  /** Left out in packages that are older than imports. */
  kind: z.literal('trained').optional(),
  /** The command that makes this package again. */
  command: z.string(),
  seed: z.int(),
  startedAt: z.iso.datetime(),
  durationSeconds: z.number().min(0),
  dataset,
  gitCommit: z.string().optional(),
  /** Left out where the weights that were chosen are those that answer. */
  refit: refitProvenance.optional(),
  /** The resolved training configuration. */
  config: z.unknown(),
});
/** How a model came about that was trained here. */
export type TrainingProvenance = z.infer<typeof trainingProvenance>;

export const importProvenance = z.strictObject({
  kind: z.literal('imported'),
  /** The command that makes this package again. */
  command: z.string(),
  importedAt: z.iso.datetime(),
  /** The file as it was brought; the package holds it rewritten. */
  source: z.strictObject({
    file: z.string(),
    sha256,
    bytes: z.int().min(0),
    /** What the file says wrote it, for example `pytorch`. */
    producer: z.string().optional(),
    producerVersion: z.string().optional(),
    /** Version of the standard operators. */
    opset: z.int().optional(),
  }),
  /** What was changed in the graph, a sentence each. */
  changes: z.array(z.string()),
  /** How closely the package gives the outputs that the original gave on the same inputs. */
  agreement: z
    .strictObject({
      /** Inputs that were compared from the encoded image or the feature row on. */
      whole: z.int().min(0),
      /** Inputs that were compared from the prepared tensor on: they say nothing about preprocessing. */
      tensors: z.int().min(0),
      /** Largest difference of an output, relative to the largest output of its input. */
      largest: z.number().min(0),
      /** What was allowed. */
      tolerance: z.number().positive(),
    })
    .optional(),
  /** Labelled inputs that calibration, band and gate were chosen and figures measured on. */
  samples: dataset.optional(),
});
/** How a model came about that was trained elsewhere: nothing is known about its training data. */
export type ImportProvenance = z.infer<typeof importProvenance>;

export const modelManifest = z
  .strictObject({
    schemaVersion: z.literal(1),
    name: modelName,
    version: modelVersion,
    description: z.string(),
    task: z.literal('classification'),
    labels: z.array(z.string().min(1)).min(2),
    /** The label that `probability` speaks of, where the task has one. */
    positiveLabel: z.string().optional(),
    preprocessing: preprocessingSpec,
    input: z.strictObject({
      /** Name of the ONNX graph's input. */
      name: z.string(),
      /** float32; `N` is the dynamic batch, other strings are dynamic sizes. */
      shape: z.array(z.union([z.string(), z.int().min(1)])),
    }),
    output: z.strictObject({
      /** Name of the output `[N, labels]` of raw scores. */
      logits: z.string(),
      /** Name of the output `[N, C, H, W]` before global pooling. */
      features: z.string().optional(),
      activation: z.literal('softmax'),
    }),
    calibration,
    decision: decisionBand,
    scopeGate: scopeGate.optional(),
    explanation: explanationSpec,
    /** How embeddings are reduced for the prediction log; `defaultProjection` where left out. */
    embeddingProjection: embeddingProjection.optional(),
    variants: z.strictObject({ fp32: modelVariant, int8: modelVariant.optional() }),
    /** Which variant answers requests. */
    served: z.enum(['fp32', 'int8']),
    /** How many points of accuracy, and of AUROC where there is a positive label (0 to 1), INT8 may lose and still be served. */
    accuracyBudget: z.number().min(0).max(1),
    /** File in the package with the `referenceProfile`; packages made before it, or without samples, lack it. */
    referenceProfile: z.string().min(1).optional(),
    /** File in the package with the `recordSample` of the same inputs: their values side by side. */
    referenceSample: z.string().min(1).optional(),
    /** Everything in the package but the manifest. */
    files: z.array(packageFile).min(1),
    /** Figures on the test split, by name; fractions lie in 0 to 1. */
    metrics: z.record(z.string(), z.number()),
    /** The same with intervals, by class, under corruptions and by slice; packages made before it lack it. */
    evaluation: modelEvaluation.optional(),
    /** Whether the labels are steps of a scale, in their order. */
    ordinal: z.boolean().optional(),
    /** Digest of what the model is and does: see `modelDigest` of `@assay/model-registry`. */
    modelDigest: sha256.optional(),
    provenance: z.union([trainingProvenance, importProvenance]),
  })
  .superRefine((manifest, context) => {
    const fail = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (new Set(manifest.labels).size !== manifest.labels.length) fail(['labels'], 'labels repeat');
    if (manifest.positiveLabel !== undefined && !manifest.labels.includes(manifest.positiveLabel))
      fail(['positiveLabel'], `"${manifest.positiveLabel}" is not one of the labels`);
    if (manifest.calibration.bias.length !== manifest.labels.length)
      fail(['calibration', 'bias'], `expected ${manifest.labels.length} values, one per label`);
    if (manifest.served === 'int8' && manifest.variants.int8 === undefined)
      fail(['served'], 'int8 is to be served but the package has no such variant');
    const listed = new Set(manifest.files.map((file) => file.path));
    const { variants, scopeGate: gate, referenceProfile, referenceSample, provenance } = manifest;
    const refit = provenance.kind === 'imported' ? undefined : provenance.refit;
    if (refit && refit.parts.includes('test') !== (refit.testAnswers !== undefined))
      fail(['provenance', 'refit'], 'expected testAnswers if, and only if, the test part was trained on');
    const models = [
      variants.fp32.file,
      variants.int8?.file,
      gate?.method === 'mahalanobis' ? gate.file : undefined,
    ];
    const needed = [...models, referenceProfile, referenceSample, refit?.testAnswers];
    for (const file of needed)
      if (file !== undefined && !listed.has(file)) fail(['files'], `"${file}" is used but not listed`);
  });
/** `manifest.json` of a model package. */
export type ModelManifest = z.infer<typeof modelManifest>;

/** The manifest of a model that was trained here. */
export type TrainedManifest = ModelManifest & { provenance: TrainingProvenance };

/** Whether a model was trained here, and how is known. */
export function isTrained(manifest: ModelManifest): manifest is TrainedManifest {
  return manifest.provenance.kind !== 'imported';
}
