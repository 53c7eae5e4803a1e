import { prepareInput } from '@assay/prediction';
import { AssayError, type PreprocessingSpec } from '@assay/schema';
import { refuseFaults } from '../data/dataset-error.ts';
import type { Examples } from '../data/examples.ts';
import type { LabelledInput } from '../data/labelled-input.ts';
import type { Output } from '../output.ts';

/**
 * Prepares every sample once, along the path that serves requests.
 *
 * @param context.root what faults are reported of
 * @throws AssayError `invalid-dataset` that lists what cannot be read
 */
export async function checkReadable(
  inputs: readonly LabelledInput[],
  context: { root: string; preprocessing: PreprocessingSpec; output: Output },
): Promise<void> {
  const { root, preprocessing, output } = context;
  const faults: string[] = [];
  const progress = output.progress('reading samples', inputs.length);
  for (const [index, { path, read }] of inputs.entries()) {
    try {
      await prepareInput(await read(), preprocessing, {});
    } catch (error) {
      if (!(error instanceof AssayError)) throw error;
      faults.push(`${path}: ${error.message}`);
    }
    progress.update(index + 1);
  }
  progress.stop();
  refuseFaults(root, faults);
}

/** Samples as a model takes them; each is read when it is asked for. */
export function examplesFrom(inputs: readonly LabelledInput[], preprocessing: PreprocessingSpec): Examples {
  return {
    classes: Int32Array.from(inputs, ({ truth }) => truth),
    views: async (index) => (await prepareInput(await inputs[index]!.read(), preprocessing, {})).tensor,
  };
}
