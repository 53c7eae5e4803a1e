import type { Golden, PreprocessingSpec } from '@assay/schema';
import { makeGolden } from '../packaging/golden.ts';
import { goldenInputs } from '../packaging/golden-inputs.ts';
import type { GoldenResult } from './check-goldens.ts';
import { viewSize } from './plan-input.ts';

/** Made-up golden inputs come from this seed. */
const seed = 1;
/** So much of a logit may differ from one machine to another. */
const machineTolerance = 1e-4;
const leastTolerance = 1e-3;
/** The same of INT8, where a value may round to the other side of a step. */
const integerTolerance = 1e-2;

/** The golden inputs that came, else made-up ones, with what the package gives for them from now on. */
export async function importedGolden(
  models: { fp32: Uint8Array; int8?: Uint8Array | undefined },
  context: { preprocessing: PreprocessingSpec; labels: number; checked: GoldenResult | undefined },
): Promise<Golden> {
  const { preprocessing, labels, checked } = context;
  const given = checked?.cases ?? [];
  const view = preprocessing.kind === 'image' ? viewSize(preprocessing) : undefined;
  const size = view ?? { width: 64, height: 64 };
  const inputs = given.length > 0 ? given : await goldenInputs(preprocessing, { seed, size });
  const made = await makeGolden(inputs, models, { preprocessing, labels });
  const cases = made.cases.map((one, at) => ({
    ...one,
    logits: { ...one.logits, fp32: given[at]?.logits.fp32 ?? one.logits.fp32 },
  }));
  const largest = Math.max(...cases.flatMap(({ logits }) => logits.fp32.map(Math.abs)));
  const relative = Math.max(machineTolerance, given.length > 0 ? checked!.agreement.tolerance : 0);
  return {
    tolerance: {
      fp32: Math.max(leastTolerance, relative * largest),
      int8: Math.max(made.tolerance.int8, integerTolerance * largest),
    },
    cases,
  };
}
