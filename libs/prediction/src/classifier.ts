import { availableParallelism } from 'node:os';
import type { ModelPackage, Variant } from '@assay/model-registry';
import {
  elementCount,
  openModelPool,
  type ModelPool,
  type SessionOptions,
  type SharedThreads,
  type Tensor,
  type TensorOf,
} from '@assay/model-runtime';
import type { DecodedImage, ImageLimits, Views } from '@assay/preprocessing';
import { AssayError, type Classification, type ModelManifest } from '@assay/schema';
import { classificationOf } from './classification.ts';
import { Gate } from './gate.ts';
import { checkGolden, inputOf } from './golden-check.ts';
import { prepareInput, typicalShape, type ClassifierInput, type PreparedInput } from './input.ts';
import { squaredMahalanobis } from './mahalanobis.ts';
import { readScopeStatistics } from './scope-statistics.ts';
import { meanOverViews, poolFeatures } from './views.ts';

export interface ClassifierOptions {
  /** Which file answers. Default: the manifest's `served`. */
  readonly variant?: Variant;
  /** Sessions, which run side by side. Default 1. */
  readonly workers?: number;
  /** Where those sessions live beside those of other models. Default: a thread of its own for each. */
  readonly threads?: SharedThreads;
  /** Requests worked on at once, from decoding on. Default: workers plus the cores of the machine. */
  readonly concurrency?: number;
  /** Further requests that may wait, as encoded bytes; the rest is refused. Default 64. */
  readonly queueLimit?: number;
  /** What an image may be at most. */
  readonly limits?: ImageLimits;
  /** How each worker's session uses the machine. */
  readonly session?: SessionOptions;
}

/** Requests run at once at most; more gain nothing on a CPU. */
const largestBatch = 16;
/**
 * Input elements run at once, unless one request has more. A session keeps the memory of its largest batch for ever,
 * and large images gain nothing from being run together.
 */
const batchElements = 2 ** 19;

/** Parts of the way from bytes to answer. `queue` is all waiting, `inference` the way to the worker and back. */
export type Stage = 'decode' | 'preprocess' | 'queue' | 'inference' | 'postprocess';

export interface ClassifierResult {
  readonly answer: Classification;
  /** Raw scores before calibration, averaged over the views, `[labels]`. */
  readonly logits: Float32Array;
  /** The feature map averaged over places and views, `[C]`, where the model gives one. */
  readonly embedding?: Float32Array;
  /** The decoded image; images only. */
  readonly image?: DecodedImage;
  /** What the options asked to keep. */
  readonly kept?: Kept;
  /** Milliseconds by stage. */
  readonly stages: Readonly<Record<Stage, number>>;
}

/** What went into the model and came out of it beside the answer. */
export interface Kept {
  /** The model's input, `[views, ...]`; empty unless asked for. */
  readonly input: { readonly shape: readonly number[]; readonly data: Float32Array };
  /** Outputs of the graph by name, `[views, ...]`. */
  readonly outputs: Readonly<Record<string, TensorOf<'float32'>>>;
}

/** How one request is to be answered. */
export interface ClassifyOptions {
  /** How many of the best labels to list. Default 5, clipped to the number of labels. */
  readonly top?: number;
  /** Aborts the request: it leaves the queue, and rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Hands further float32 outputs of the graph back, and a copy of the input; costs nothing where it is left out. */
  readonly keep?: { readonly outputs?: readonly string[]; readonly input?: boolean };
  /** Called with the decoded image while the model runs: what is done here costs the answer no time. Must not throw. */
  readonly onImage?: (image: DecodedImage) => void;
}

/** One loaded model: bytes or features to answer. */
export interface Classifier {
  readonly manifest: ModelManifest;
  readonly variant: Variant;
  /** Requests that work or wait. */
  readonly depth: number;
  /** Why no request can be answered any more; undefined while the model works. */
  readonly failure: AssayError | undefined;
  /**
   * @throws AssayError `wrong-input-kind`, `overloaded`, `shutting-down`, `internal`, or why the input cannot be read
   */
  classify(input: ClassifierInput, options?: ClassifyOptions): Promise<ClassifierResult>;
  /**
   * As {@link classify}, of an image that is prepared already.
   *
   * @param views `[views, ...]`, as the model takes them; empty afterwards
   * @throws AssayError `overloaded`, `shutting-down`, `internal`
   */
  classifyViews(views: Views, options?: ClassifyOptions): Promise<ClassifierResult>;
  /**
   * Runs inputs that are prepared already, in the queue with all others.
   *
   * @param rows `[N, ...]`, as the model takes them; empty afterwards
   * @returns raw logits `[N, labels]`, row-major
   * @throws AssayError `overloaded`, `shutting-down`, `internal`; the signal's reason where it aborts
   */
  score(
    rows: { readonly shape: readonly number[]; readonly data: Float32Array },
    signal?: AbortSignal,
  ): Promise<Float32Array>;
  /** Sends one golden input all the way, so that the first request finds everything loaded. */
  warmUp(): Promise<void>;
  /** @throws AssayError `invalid-package` where the model does not give the logits it was packed with */
  checkGolden(): Promise<void>;
  /** Answers what works or waits, then ends the threads. */
  close(): Promise<void>;
}

/**
 * Loads a model package for answering.
 *
 * @throws AssayError `invalid-model` where ONNX Runtime cannot load it, `invalid-package` where graph and manifest
 *   do not agree
 */
export async function openClassifier(
  model: ModelPackage,
  options: ClassifierOptions = {},
): Promise<Classifier> {
  const { manifest } = model;
  const { variant = manifest.served, workers = 1, queueLimit = 64, limits = {} } = options;
  const concurrency = options.concurrency ?? workers + availableParallelism();
  const statistics = await readScopeStatistics(model);
  const typical = zeros(typicalShape(manifest.preprocessing));
  const pool = await openModelPool({
    model: model.modelPath(variant),
    workers,
    ...(options.threads === undefined ? {} : { threads: options.threads }),
    queueLimit: concurrency,
    maxBatch: Math.max(1, Math.min(largestBatch, Math.floor(batchElements / elementCount(typical.shape)))),
    warmUp: { [manifest.input.name]: typical },
    ...(options.session === undefined ? {} : { session: options.session }),
  });
  const { scopeGate } = manifest;
  const scopeOutput = scopeGate?.method === 'transformations' ? scopeGate.output : undefined;
  const outputs = [manifest.output.logits, manifest.output.features, scopeOutput].filter(
    (name) => name !== undefined,
  );
  await checkGraph(model, pool, outputs);
  const gate = new Gate(concurrency, queueLimit);

  const answer = async (
    prepare: () => PreparedInput | Promise<PreparedInput>,
    { top, signal, keep, onImage }: ClassifyOptions = {},
  ): Promise<ClassifierResult> => {
    const arrived = performance.now();
    await gate.enter(signal);
    try {
      const entered = performance.now();
      const { tensor, image, stages } = await prepare();
      const prepared = performance.now();
      let started = prepared;
      const original = keep?.input === true ? tensor.data.slice() : new Float32Array(0);
      const further = keep?.outputs ?? [];
      const running = pool.run(
        { [manifest.input.name]: { type: 'float32', ...tensor } },
        {
          outputs: further.length === 0 ? outputs : [...new Set([...outputs, ...further])],
          onStart: () => (started = performance.now()),
          ...(signal === undefined ? {} : { signal }),
        },
      );
      if (image !== undefined) onImage?.(image);
      const results = await running;
      const inferred = performance.now();
      const logits = meanOverViews(numbers(results, manifest.output.logits));
      const features = manifest.output.features;
      const embedding = features === undefined ? undefined : poolFeatures(numbers(results, features));
      const distance =
        scopeOutput !== undefined
          ? meanOverViews(numbers(results, scopeOutput))[0]
          : statistics === undefined || embedding === undefined
            ? undefined
            : squaredMahalanobis(embedding, statistics);
      const views = tensor.shape[0] ?? 1;
      const scores = { variant, logits, views, ...(distance === undefined ? {} : { distance }) };
      return {
        answer: classificationOf(manifest, scores, top),
        logits,
        ...(embedding === undefined ? {} : { embedding }),
        ...(image === undefined ? {} : { image }),
        ...(keep === undefined
          ? {}
          : { kept: { input: { shape: tensor.shape, data: original }, outputs: byName(results, further) } }),
        stages: {
          ...stages,
          queue: entered - arrived + (started - prepared),
          inference: inferred - started,
          postprocess: performance.now() - inferred,
        },
      };
    } finally {
      gate.leave();
    }
  };
  const classify: Classifier['classify'] = (input, classifyOptions) =>
    answer(() => prepareInput(input, manifest.preprocessing, limits), classifyOptions);
  const classifyViews: Classifier['classifyViews'] = (views, classifyOptions) =>
    answer(() => ({ tensor: views, stages: { decode: 0, preprocess: 0 } }), classifyOptions);
  const score: Classifier['score'] = async (rows, signal) => {
    await gate.enter(signal);
    try {
      const results = await pool.run(
        { [manifest.input.name]: { type: 'float32', ...rows } },
        { outputs: [manifest.output.logits], ...(signal === undefined ? {} : { signal }) },
      );
      return numbers(results, manifest.output.logits).data;
    } finally {
      gate.leave();
    }
  };
  const logitsOf = async (input: ClassifierInput) => (await classify(input)).logits;

  return {
    manifest,
    variant,
    get depth() {
      return gate.depth;
    },
    get failure() {
      return pool.failure;
    },
    classify,
    classifyViews,
    score,
    async warmUp() {
      const [first] = model.golden.cases;
      if (first !== undefined) await classify(inputOf(first));
    },
    checkGolden: () => checkGolden(model.golden, { subject: subjectOf(model), variant, logitsOf }),
    async close() {
      await gate.close();
      await pool.close();
    },
  };
}

const subjectOf = ({ name, version }: ModelPackage) => `${name}@${version}`;

function zeros(shape: readonly number[]): Tensor {
  return { type: 'float32', shape, data: new Float32Array(elementCount(shape)) };
}

function byName(results: Readonly<Record<string, Tensor>>, names: readonly string[]): Kept['outputs'] {
  return Object.fromEntries(names.map((name) => [name, numbers(results, name)]));
}

function numbers(results: Readonly<Record<string, Tensor>>, name: string) {
  const tensor = results[name];
  if (tensor?.type === 'float32') return tensor;
  throw new AssayError(
    'internal',
    `Expected the model's output "${name}" as float32, received ${tensor?.type}.`,
  );
}

/** Closes the pool before it throws. */
async function checkGraph(model: ModelPackage, pool: ModelPool, outputs: readonly string[]): Promise<void> {
  const { name } = model.manifest.input;
  const inputs = pool.inputs.map((input) => input.name);
  const faults = [
    ...(inputs.length === 1 && inputs[0] === name
      ? []
      : [`inputs: expected ${name}, the graph has ${inputs.join(', ')}`]),
    ...outputs
      .filter((output) => !pool.outputs.includes(output))
      .map((output) => `output: expected ${output}, the graph has ${pool.outputs.join(', ')}`),
  ];
  if (faults.length === 0) return;
  await pool.close();
  throw new AssayError(
    'invalid-package',
    `${subjectOf(model)} does not fit its manifest: ${faults.join('; ')}`,
    {
      extensions: { faults },
    },
  );
}
