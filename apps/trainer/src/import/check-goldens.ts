import { openSession, type Session, type TensorOf } from '@assay/model-runtime';
import { meanOverViews, prepareInput } from '@assay/prediction';
import { AssayError, type Golden, type ImportProvenance, type PreprocessingSpec } from '@assay/schema';
import { modelInput, modelLogits } from '@assay/training';
import type { GoldenPair } from './golden-folder.ts';
import { relativeDifference } from './relative-difference.ts';
import type { StandardModel } from './standard-model.ts';
import { toPackageLayout } from './to-package-layout.ts';

/** Cases that a package keeps: each is answered at every start of a service. */
const kept = 8;
/** Bytes of encoded images that a package keeps. */
const keptBytes = 2_000_000;

export interface GoldenResult {
  agreement: NonNullable<ImportProvenance['agreement']>;
  /** Inputs as they arrive, with the logits they must give. */
  cases: Golden['cases'];
}

/**
 * Compares what a model gives, from the input as it arrives, with what the original gave.
 *
 * @param tolerance largest difference, relative to the largest expected output of the input
 * @throws AssayError `invalid-model` that lists every input beyond the tolerance and says where to look
 */
export async function checkGoldens(
  pairs: readonly GoldenPair[],
  standard: StandardModel,
  options: { preprocessing: PreprocessingSpec; tolerance: number },
): Promise<GoldenResult> {
  const { preprocessing, tolerance } = options;
  const session = await openSession(standard.witness);
  const seen: { pair: GoldenPair; difference: number; logits: Float32Array }[] = [];
  try {
    for (const pair of pairs) {
      const tensor = await prepared(pair, standard, preprocessing);
      const { raw, logits } = await answer(session, standard.raw, tensor);
      if (raw.length !== pair.expected.length)
        throw new AssayError(
          'invalid-dataset',
          `${pair.name}: expected ${raw.length} output(s), as the model gives, received ${pair.expected.length}.`,
        );
      const original = standard.givesLogits ? pair.expected : logits;
      seen.push({ pair, difference: relativeDifference(raw, pair.expected), logits: original });
    }
  } finally {
    await session.close();
  }
  const wrong = seen.filter(({ difference }) => !(difference <= tolerance));
  if (wrong.length > 0) throw disagreement(wrong, seen, tolerance);
  const tensors = seen.filter(({ pair }) => 'tensor' in pair.input).length;
  return {
    agreement: {
      whole: seen.length - tensors,
      tensors,
      largest: Math.max(...seen.map(({ difference }) => difference)),
      tolerance,
    },
    cases: keptCases(seen),
  };
}

async function prepared({ input, name }: GoldenPair, standard: StandardModel, spec: PreprocessingSpec) {
  if ('tensor' in input) return toPackageLayout(input.tensor, standard.plan, name);
  return (await prepareInput(input, spec, {})).tensor;
}

async function answer(
  session: Session,
  rawName: string,
  tensor: { shape: readonly number[]; data: Float32Array },
): Promise<{ raw: Float32Array; logits: Float32Array }> {
  const outputs = await session.run({ [modelInput]: { type: 'float32', ...tensor } }, [rawName, modelLogits]);
  const mean = (name: string) => meanOverViews(outputs[name] as TensorOf<'float32'>);
  return { raw: mean(rawName), logits: mean(modelLogits) };
}

function keptCases(seen: readonly { pair: GoldenPair; logits: Float32Array }[]): Golden['cases'] {
  let room = keptBytes;
  const cases: Golden['cases'] = [];
  for (const { pair, logits } of seen) {
    const { input, name } = pair;
    const size = 'bytes' in input ? input.bytes.length : 0;
    if ('tensor' in input || cases.length === kept || size > room) continue;
    room -= size;
    cases.push({
      name,
      input:
        'bytes' in input
          ? { mediaType: input.mediaType, base64: Buffer.from(input.bytes).toString('base64') }
          : { features: input.features },
      logits: { fp32: Array.from(logits) },
    });
  }
  return cases;
}

function disagreement(
  wrong: readonly { pair: GoldenPair; difference: number }[],
  seen: readonly { pair: GoldenPair; difference: number }[],
  tolerance: number,
): AssayError {
  const isTensor = ({ pair }: { pair: GoldenPair }) => 'tensor' in pair.input;
  const goodTensors = seen.some(isTensor) && !wrong.some(isTensor);
  const hint = goodTensors
    ? 'Prepared tensors agree, so the model is right and --preprocess is not: look at resize, filter, crop, mean and std.'
    : 'Was --preprocess right (resize, filter, crop, mean, std), and --layout and --channel-order? A tensor as the original was fed (.npy) tells the model from its preprocessing.';
  const lines = wrong.map(
    ({ pair, difference }) => `\n  - ${pair.name}: off by ${difference.toExponential(1)}`,
  );
  return new AssayError(
    'invalid-model',
    `The model does not give what it gave where it comes from. Relative to the largest output, at most ${tolerance} is allowed (--tolerance):${lines.join('')}\n${hint}`,
  );
}
