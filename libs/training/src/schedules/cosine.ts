/** Half a cosine between two values: `from` at 0, `to` at 1. */
export function anneal(from: number, to: number, progress: number): number {
  return to + ((from - to) * (1 + Math.cos(Math.PI * Math.min(1, Math.max(0, progress))))) / 2;
}

/**
 * Linear warm-up, then half a cosine down to `final · learningRate` (Loshchilov & Hutter 2017). `progress` runs from
 * 0 at the first step to 1 at the last.
 */
export function cosine(
  spec: { learningRate: number; warmUp: number; final: number },
  progress: number,
): number {
  const { learningRate, warmUp, final } = spec;
  if (progress < warmUp) return (learningRate * progress) / warmUp;
  const rest = warmUp >= 1 ? 1 : (progress - warmUp) / (1 - warmUp);
  return anneal(learningRate, final * learningRate, rest);
}
