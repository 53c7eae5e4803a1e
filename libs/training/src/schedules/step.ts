/** Multiplies the rate by `factor` after each `every`-th part of the run. `progress` in [0, 1). */
export function step(
  spec: { learningRate: number; every: number; factor: number },
  progress: number,
): number {
  // The small number keeps a boundary that floating point puts just below it on its own side.
  return spec.learningRate * spec.factor ** Math.floor(progress / spec.every + 1e-9);
}
