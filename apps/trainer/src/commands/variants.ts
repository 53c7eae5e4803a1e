import type { ModelPackage, Variant } from '@assay/model-registry';
import { typicalShape } from '@assay/prediction';
import type { Output } from '../output.ts';
import { measureLatency } from '../profile/measure-latency.ts';
import { evaluate } from './evaluate.ts';
import { findPackage } from './find-package.ts';

/** What `assay variants` was asked to do. */
export interface VariantsRequest {
  models: readonly string[];
  registries: readonly string[];
  /** Labelled inputs to measure on; what the manifests say if left out. */
  data?: string | undefined;
  labelColumn?: string | undefined;
  constants: Readonly<Record<string, number>>;
  seed: number;
  state: string;
  json: boolean;
}

/** A figure and its 95 % interval. */
interface Figure {
  value: number;
  interval?: readonly [number, number] | undefined;
}

/** One line of the table. */
export interface VariantLine {
  /** `name@version`. */
  model: string;
  variant: Variant;
  /** Whether requests are answered with it. */
  served: boolean;
  accuracy?: Figure | undefined;
  auroc?: Figure | undefined;
  /** Milliseconds for one input with all its views, one thread, median and ninth decile, on this machine. */
  latencyMs: { median: number; p90: number };
  /** Of the ONNX file. */
  bytes: number;
}

/** Accuracy, time and size of each variant of each model, for weighing one against the other. */
export async function variants(request: VariantsRequest, output: Output): Promise<VariantLine[]> {
  const lines: VariantLine[] = [];
  for (const reference of request.models) {
    const model = await findPackage(reference, request.registries);
    for (const variant of ['fp32', 'int8'] as const)
      if (model.manifest.variants[variant] !== undefined)
        lines.push(await lineOf(model, variant, { request, output }));
  }
  if (request.json) output.line(JSON.stringify(lines, null, 2));
  else for (const line of describe(lines)) output.line(line);
  return lines;
}

async function lineOf(
  model: ModelPackage,
  variant: Variant,
  context: { request: VariantsRequest; output: Output },
): Promise<VariantLine> {
  const { manifest } = model;
  const { file } = manifest.variants[variant]!;
  const latencyMs = await measureLatency(model.modelPath(variant), {
    input: manifest.input.name,
    shape: typicalShape(manifest.preprocessing),
  });
  return {
    model: `${model.name}@${model.version}`,
    variant,
    served: variant === manifest.served,
    ...(await figuresOf(model, variant, context)),
    latencyMs,
    bytes: manifest.files.find(({ path }) => path === file)?.bytes ?? 0,
  };
}

async function figuresOf(
  model: ModelPackage,
  variant: Variant,
  { request, output }: { request: VariantsRequest; output: Output },
): Promise<Pick<VariantLine, 'accuracy' | 'auroc'>> {
  const { data } = request;
  if (data === undefined) {
    const { accuracy, accuracyInterval, auroc, aurocInterval } = model.manifest.variants[variant]!;
    return {
      accuracy: accuracy === undefined ? undefined : { value: accuracy, interval: accuracyInterval },
      auroc: auroc === undefined ? undefined : { value: auroc, interval: aurocInterval },
    };
  }
  const quiet = { ...output, line: () => undefined };
  const evaluation = await evaluate({ ...request, model: model.folder, data, variant }, quiet);
  const figure = (name: string): Figure | undefined => {
    const value = evaluation.metrics[name];
    return value === undefined ? undefined : { value, interval: evaluation.intervals[name] };
  };
  return { accuracy: figure('accuracy'), auroc: figure('auroc') };
}

function describe(lines: readonly VariantLine[]): string[] {
  const figure = (of: Figure | undefined) =>
    of === undefined
      ? '–'
      : `${of.value.toFixed(4)}${of.interval ? ` (${of.interval.map((end) => end.toFixed(4)).join(' – ')})` : ''}`;
  const rows = [
    ['model', 'variant', 'accuracy', 'AUROC', 'ms p50', 'ms p90', 'kB'],
    ...lines.map(({ model, variant, served, accuracy, auroc, latencyMs, bytes }) => [
      model,
      served ? `${variant} (served)` : variant,
      figure(accuracy),
      figure(auroc),
      latencyMs.median.toFixed(2),
      latencyMs.p90.toFixed(2),
      (bytes / 1000).toFixed(0),
    ]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column < 4 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  '),
  );
}
