import { quantiseStatic, type CalibrationMethod } from '@assay/training';
import type { Tensor } from '@assay/model-runtime';
import type { Examples } from '../data/examples.ts';

/**
 * The INT8 form of an exported model, its ranges measured on training inputs.
 *
 * @param indices Which examples of the training split to measure on.
 */
export async function quantise(
  model: Uint8Array,
  train: Examples,
  options: { indices: readonly number[]; input: string; method: CalibrationMethod },
): Promise<Uint8Array> {
  return quantiseStatic(model, {
    calibration: feeds(train, options),
    method: options.method,
  });
}

async function* feeds(
  train: Examples,
  options: { indices: readonly number[]; input: string },
): AsyncGenerator<Record<string, Tensor>> {
  for (const index of options.indices) {
    const { shape, data } = await train.views(index);
    yield { [options.input]: { type: 'float32', shape, data } };
  }
}
