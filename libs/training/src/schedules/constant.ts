/** The same rate throughout. */
export function constant({ learningRate }: { learningRate: number }): number {
  return learningRate;
}
