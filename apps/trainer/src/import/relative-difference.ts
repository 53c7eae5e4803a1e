/**
 * Largest absolute difference, as a share of the largest absolute value that was expected; NaN where the lengths differ or
 * a number is not finite.
 */
export function relativeDifference(received: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (received.length !== expected.length) return NaN;
  let difference = 0;
  let scale = 0;
  for (let at = 0; at < expected.length; at++) {
    difference = Math.max(difference, Math.abs(received[at]! - expected[at]!));
    scale = Math.max(scale, Math.abs(expected[at]!));
  }
  return difference === 0 ? 0 : difference / scale;
}
