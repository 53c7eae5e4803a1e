import { AssayError, type Golden, type GoldenCase } from '@assay/schema';
import type { ClassifierInput } from './input.ts';

export interface GoldenCheck {
  /** For the message: `name@version`. */
  readonly subject: string;
  readonly variant: 'fp32' | 'int8';
  /** Raw logits of an input, averaged over the views. */
  readonly logitsOf: (input: ClassifierInput) => Promise<ArrayLike<number>>;
}

/**
 * Runs every golden input from its bytes to the raw logits. This finds what digests cannot: another decoder, another
 * resampling, another runtime than those the model was made with.
 *
 * @throws AssayError `invalid-package` that names each case and by how much it is off
 */
export async function checkGolden(golden: Golden, check: GoldenCheck): Promise<void> {
  const { subject, variant, logitsOf } = check;
  const tolerance = golden.tolerance[variant];
  const faults: string[] = [];
  for (const goldenCase of golden.cases) {
    const { name, logits } = goldenCase;
    const received = await logitsOf(inputOf(goldenCase));
    const off = largestDifference(logits[variant] ?? [], received);
    if (!(off <= tolerance)) {
      faults.push(
        `golden input "${name}": off by ${off} in a logit of ${variant}, at most ${tolerance} is allowed`,
      );
    }
  }
  if (faults.length === 0) return;
  throw new AssayError(
    'invalid-package',
    `${subject} does not give the answers it was packed with:${faults.map((fault) => `\n- ${fault}`).join('')}`,
    { extensions: { faults } },
  );
}

/** A golden input as it would arrive. */
export function inputOf({ input }: GoldenCase): ClassifierInput {
  return 'base64' in input ? { bytes: Buffer.from(input.base64, 'base64') } : input;
}

/** Largest absolute difference; NaN where a number is NaN or the lengths differ. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return NaN;
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
}
