/** Bins of a large sample; a small one gets the square root of its size. */
const mostBins = 20;

/**
 * Edges of bins that hold about equally many of the values. A value that alone fills a bin gets one of its own, so that a feature
 * which is constant, or 0 for most, shows whatever leaves it, upwards and downwards.
 *
 * @param sorted ascending, finite, six significant digits at most
 * @returns ascending; bin 0 is below the first edge, each other bin begins with its edge
 */
export function binEdges(sorted: Float64Array): number[] {
  const wanted = sorted.length / Math.min(mostBins, Math.max(2, Math.floor(Math.sqrt(sorted.length))));
  const edges: number[] = [];
  let due = wanted;
  let isAlone = false;
  for (let from = 0; from < sorted.length;) {
    const value = sorted[from]!;
    let to = from + 1;
    while (sorted[to] === value) to++;
    const filling = to - from >= wanted;
    if (filling || isAlone || from >= due) {
      edges.push(value);
      due = (filling || isAlone ? from : due) + wanted;
    }
    isAlone = filling;
    from = to;
  }
  if (isAlone) edges.push(nextUp(sorted.at(-1)!));
  return edges;
}

/** The next number of six significant digits. */
function nextUp(value: number): number {
  const step = value === 0 ? 1e-6 : Math.max(1e-300, 10 ** (Math.floor(Math.log10(Math.abs(value))) - 5));
  return Number((value + step).toPrecision(6));
}
