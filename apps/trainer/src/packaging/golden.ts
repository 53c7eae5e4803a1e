import { featuresToVector, preprocessImage } from '@assay/preprocessing';
import { AssayError, type Golden, type PreprocessingSpec } from '@assay/schema';
import type { Examples } from '../data/examples.ts';
import { scoreExamples } from '../run/score-examples.ts';
import type { GoldenInput } from './golden-inputs.ts';

/**
 * Largest difference of a logit from one machine to another. float32: rounding in another order. INT8: a value
 * that rounds to the other side of a step, too.
 */
const tolerance = { fp32: 1e-3, int8: 0.1 };

/** Answers the golden inputs with each variant, from bytes to logits. */
export async function makeGolden(
  inputs: readonly GoldenInput[],
  models: { fp32: Uint8Array; int8?: Uint8Array | undefined },
  options: { preprocessing: PreprocessingSpec; labels: number },
): Promise<Golden> {
  const { preprocessing, labels } = options;
  const examples: Examples = {
    classes: new Int32Array(inputs.length),
    views: async (index) => viewsOf(inputs[index]!.input, preprocessing),
  };
  const fp32 = (await scoreExamples(models.fp32, examples, { threads: 1, labels })).logits;
  const int8 = models.int8 && (await scoreExamples(models.int8, examples, { threads: 1, labels })).logits;
  const row = (logits: Float32Array, index: number) =>
    Array.from(logits.subarray(index * labels, (index + 1) * labels));
  return {
    tolerance,
    cases: inputs.map((input, index) => ({
      ...input,
      logits: { fp32: row(fp32, index), ...(int8 ? { int8: row(int8, index) } : {}) },
    })),
  };
}

async function viewsOf(input: GoldenInput['input'], preprocessing: PreprocessingSpec) {
  if ('features' in input && preprocessing.kind === 'tabular')
    return {
      shape: [1, preprocessing.features.length],
      data: featuresToVector(input.features, preprocessing),
    };
  if ('base64' in input && preprocessing.kind === 'image')
    return (await preprocessImage(Buffer.from(input.base64, 'base64'), preprocessing)).views;
  throw new AssayError('internal', 'A golden input is not of the kind that the model takes.');
}
