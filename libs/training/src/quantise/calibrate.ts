import { addOutput, parseModel, serialiseModel } from '@assay/onnx-graph';
import type { Session, Tensor, Tensors } from '@assay/model-runtime';
import { AssayError } from '@assay/schema';
import { percentileObserver } from './percentile-observer.ts';
import { minMaxObserver, type Range, type RangeObserver } from './value-range.ts';

/** How the values seen in calibration become the range of a tensor. */
export type CalibrationMethod =
  | { readonly type: 'min-max' }
  | {
      readonly type: 'percentile';
      /** Share of the values to represent without clipping, in percent; above 0, at most 100. Usual: 99.99. */
      readonly percentile: number;
    };

/** The part of a session that calibration needs. */
export type CalibrationSession = Pick<Session, 'run' | 'close'>;

/** What calibration runs on. */
export interface CalibrationOptions {
  /** Batches of inputs like those that the model will meet; about a hundred images are enough. */
  readonly calibration: AsyncIterable<Tensors> | Iterable<Tensors>;
  readonly method: CalibrationMethod;
  /** Opens the float model that is observed. */
  readonly openSession: (model: Uint8Array) => Promise<CalibrationSession>;
}

/**
 * Runs a float32 model on real inputs and observes which values the given tensors take.
 *
 * @param tensors - names of graph inputs and of results of nodes, all float32
 * @returns the range of each tensor
 * @throws AssayError `invalid-dataset` when there is no calibration batch, `invalid-model` when a tensor takes a value that
 *   is not finite, `invalid-configuration` for a percentile out of bounds.
 */
export async function calibrateRanges(
  model: Uint8Array,
  tensors: readonly string[],
  options: CalibrationOptions,
): Promise<ReadonlyMap<string, Range>> {
  const observers = new Map(tensors.map((name) => [name, observerFor(options.method)] as const));
  const observed = parseModel(model);
  const inputs = new Set(observed.graph.input.map((input) => input.name ?? ''));
  const results = tensors.filter((name) => !inputs.has(name));
  for (const name of results) addOutput(observed.graph, name);
  const session = await options.openSession(serialiseModel(observed));
  try {
    let batches = 0;
    for await (const feeds of options.calibration) {
      const seen: Tensors = { ...feeds, ...(await session.run(feeds, results)) };
      for (const [name, observer] of observers) observe(observer, name, seen[name]);
      batches++;
    }
    if (batches === 0) {
      throw new AssayError(
        'invalid-dataset',
        'Quantisation needs at least one batch of inputs to calibrate with; got none.',
      );
    }
  } finally {
    await session.close();
  }
  return new Map([...observers].map(([name, observer]) => [name, observer.range()]));
}

function observerFor(method: CalibrationMethod): RangeObserver {
  if (method.type === 'min-max') return minMaxObserver();
  if (method.percentile > 0 && method.percentile <= 100) return percentileObserver(method.percentile);
  throw new AssayError(
    'invalid-configuration',
    `The percentile of calibration must be above 0 and at most 100, got ${method.percentile}.`,
  );
}

function observe(observer: RangeObserver, name: string, tensor: Tensor | undefined): void {
  if (tensor?.type !== 'float32') {
    throw new AssayError(
      'invalid-dataset',
      `The calibration batch needs the float32 tensor "${name}", got ${tensor?.type ?? 'nothing'} by that name.`,
    );
  }
  // zero times a finite number is zero; anything else leaves NaN in the sum
  const finite = tensor.data.reduce((sum, value) => sum + value * 0, 0) === 0;
  if (!finite) {
    throw new AssayError(
      'invalid-model',
      `The tensor "${name}" takes values that are not finite in calibration; such a model cannot be quantised.`,
    );
  }
  observer.observe(tensor.data);
}
