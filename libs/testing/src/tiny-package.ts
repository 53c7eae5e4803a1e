import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CropSpec, Golden, ModelManifest, PreprocessingSpec } from '@assay/schema';
import { makePng, type Rgb } from './png.ts';
import { brightnessModel, sumModel, TINY_GAIN } from './tiny-models.ts';

export interface TinyPackageOptions {
  /** Default `tiny`. */
  readonly name?: string;
  /** Default `1.0.0`. */
  readonly version?: string;
  /** `image` tells `dark` from `bright` pictures, `tabular` tells `small` from `large` sums. Default `image`. */
  readonly kind?: 'image' | 'tabular';
  /** Adds an INT8 variant (a float graph with a gain 1 % lower: tests tell it by its logits) and serves it. */
  readonly int8?: boolean;
  /** Adds a gate that keeps embeddings within this squared distance of the origin; images only. */
  readonly scopeThreshold?: number;
  /** Default 0: never `uncertain`. */
  readonly minimumConfidence?: number;
  /** Default 1. */
  readonly temperature?: number;
  /** Default: none, the picture is one view of 8 × 8. With a crop the picture is not resized. */
  readonly crop?: CropSpec;
  /** Adds this to the first golden logit, to make a package that is intact but wrong. Default 0. */
  readonly goldenFault?: number;
}

/** A model package in memory: the manifest but for its list of files, and the files by path. */
export interface TinyPackage {
  readonly manifest: Omit<ModelManifest, 'files'>;
  readonly files: Readonly<Record<string, Uint8Array>>;
}

/** Grey levels 55 and 200 normalise to these inputs. */
const GREYS = [55, 200] as const;
const normalised = (grey: number) => (grey / 255 - 0.5) / 0.5;

/** A complete, correct package around one of the tiny models; its numbers can be worked out by hand. */
export function tinyPackage(options: TinyPackageOptions = {}): TinyPackage {
  const tabular = options.kind === 'tabular';
  const json = (value: unknown) => Buffer.from(JSON.stringify(value, null, 2));
  const model = (gain: number) => (tabular ? sumModel(2, gain) : brightnessModel(gain));
  const gate = options.scopeThreshold;
  const manifest: TinyPackage['manifest'] = {
    schemaVersion: 1,
    name: options.name ?? 'tiny',
    version: options.version ?? '1.0.0',
    description: tabular ? 'Tells small sums from large ones.' : 'Tells dark pictures from bright ones.',
    task: 'classification',
    labels: tabular ? ['small', 'large'] : ['dark', 'bright'],
    positiveLabel: tabular ? 'large' : 'bright',
    preprocessing: tabular ? tabularSpec : imageSpec(options.crop),
    input: { name: 'input', shape: tabular ? ['N', 2] : ['N', 3, 'height', 'width'] },
    output: { logits: 'logits', activation: 'softmax', ...(tabular ? {} : { features: 'features' }) },
    calibration: { temperature: options.temperature ?? 1, bias: [0, 0] },
    decision: { minimumConfidence: options.minimumConfidence ?? 0 },
    ...(gate === undefined
      ? {}
      : { scopeGate: { method: 'mahalanobis', file: 'scope-gate.json', threshold: gate, coverage: 0.99 } }),
    explanation: { method: tabular ? 'none' : 'cam' },
    variants: {
      fp32: { file: 'model.onnx', accuracy: 1 },
      ...(options.int8 ? { int8: { file: 'model.int8.onnx', accuracy: 1 } } : {}),
    },
    served: options.int8 ? 'int8' : 'fp32',
    accuracyBudget: 0.005,
    metrics: { accuracy: 1 },
    provenance: {
      command: 'assay train configs/tiny.yaml',
      seed: 1,
      startedAt: '2026-01-01T00:00:00Z',
      durationSeconds: 1,
      dataset: { name: 'none', digest: '0'.repeat(64), counts: { train: { any: 0 } } },
      config: {},
    },
  };
  const files: Record<string, Uint8Array> = {
    'model.onnx': model(TINY_GAIN),
    'golden.json': json(tabular ? tabularGolden(options) : imageGolden(options)),
    'MODEL_CARD.md': Buffer.from(`# ${manifest.name}\n\n${manifest.description}\n`),
  };
  if (options.int8) files['model.int8.onnx'] = model(TINY_GAIN * 0.99);
  if (gate !== undefined) files['scope-gate.json'] = json({ mean: [0, 0], precision: [1, 0, 0, 1] });
  return { manifest, files };
}

/**
 * Writes a {@link tinyPackage} into a folder, which is made if need be.
 *
 * @returns the manifest as it was written
 */
export async function makeTinyPackage(
  folder: string,
  options: TinyPackageOptions = {},
): Promise<ModelManifest> {
  const { manifest, files } = tinyPackage(options);
  const listed = Object.entries(files).map(([path, content]) => ({
    path,
    bytes: content.byteLength,
    sha256: createHash('sha256').update(content).digest('hex'),
  }));
  const whole: ModelManifest = { ...manifest, files: listed };
  for (const [path, content] of [
    ...Object.entries(files),
    ['manifest.json', JSON.stringify(whole, null, 2)] as const,
  ]) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return whole;
}

function imageSpec(crop: CropSpec | undefined): PreprocessingSpec {
  return {
    kind: 'image',
    autoOrient: true,
    icc: false,
    background: [255, 255, 255],
    colour: 'rgb',
    resize:
      crop === undefined
        ? { mode: 'stretch', width: 8, height: 8, filter: 'box', engine: 'pillow' }
        : { mode: 'none' },
    crop: crop ?? { mode: 'none' },
    mirror: false,
    normalise: { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
  };
}

const tabularSpec: PreprocessingSpec = {
  kind: 'tabular',
  features: [
    { name: 'height', mean: 10, std: 2 },
    { name: 'width', mean: 0, std: 1 },
  ],
};

function logitsOf(mean: number, { int8, goldenFault = 0 }: TinyPackageOptions) {
  const at = (gain: number) => [-gain * mean + goldenFault, gain * mean];
  return { fp32: at(TINY_GAIN), ...(int8 ? { int8: at(TINY_GAIN * 0.99) } : {}) };
}

function imageGolden(options: TinyPackageOptions): Golden {
  return {
    tolerance: { fp32: 1e-4, int8: 1e-3 },
    cases: GREYS.map((grey) => {
      const colour: Rgb = [grey, grey, grey];
      return {
        name: `grey ${grey}`,
        input: { mediaType: 'image/png', base64: makePng(16, 12, colour).toString('base64') },
        logits: logitsOf(normalised(grey), options),
      };
    }),
  };
}

function tabularGolden(options: TinyPackageOptions): Golden {
  return {
    tolerance: { fp32: 1e-4, int8: 1e-3 },
    cases: [{ name: 'one', input: { features: { height: 12, width: 0.5 } }, logits: logitsOf(1.5, options) }],
  };
}
