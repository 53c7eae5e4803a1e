import { AssayError, type Calibration } from '@assay/schema';
import { softmax } from './softmax.ts';

/**
 * Calibrated probabilities: softmax of `logits / temperature + bias` (Guo et al. 2017, "On Calibration of Modern
 * Neural Networks", with a bias per label).
 *
 * @param logits raw scores `[labels]`
 * @returns `[labels]`, in 0 to 1, summing to 1
 * @throws AssayError `internal` where a logit is not finite, `invalid-package` where there is not one per label
 */
export function calibrate(logits: ArrayLike<number>, calibration: Calibration): Float64Array {
  const { temperature, bias } = calibration;
  if (logits.length !== bias.length) {
    const detail = `The model gives ${logits.length} scores; its calibration and labels expect ${bias.length}.`;
    throw new AssayError('invalid-package', detail);
  }
  const scores = Float64Array.from(logits, (logit, i) => logit / temperature + bias[i]!);
  const faulty = scores.findIndex((score) => !Number.isFinite(score));
  if (faulty >= 0) {
    throw new AssayError(
      'internal',
      `The model gave ${logits[faulty]} as score of label ${faulty}; expected a number.`,
    );
  }
  return softmax(scores);
}
