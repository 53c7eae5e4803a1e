/**
 * p values adjusted for how many there are, so that among those below a level at most that share is false on average
 * (Benjamini and Hochberg 1995).
 *
 * @returns In the order given, 0 to 1.
 */
export function falseDiscoveryRates(p: readonly number[]): number[] {
  const order = [...p.keys()].sort((a, b) => p[b]! - p[a]!);
  const q = new Array<number>(p.length);
  let least = 1;
  for (const [position, index] of order.entries()) {
    least = Math.min(least, (p[index]! * p.length) / (p.length - position));
    q[index] = least;
  }
  return q;
}
