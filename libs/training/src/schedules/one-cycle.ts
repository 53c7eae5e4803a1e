import { anneal } from './cosine.ts';

/**
 * One cycle (Smith & Topin 2019), both halves along a cosine: from `initial · learningRate` up to the learning rate
 * over the warm-up, then down to `final · learningRate`. `progress` runs from 0 at the first step to 1 at the last.
 */
export function oneCycle(
  spec: { learningRate: number; warmUp: number; initial: number; final: number },
  progress: number,
): number {
  const { learningRate, warmUp, initial, final } = spec;
  if (progress < warmUp) return anneal(initial * learningRate, learningRate, progress / warmUp);
  const rest = warmUp >= 1 ? 1 : (progress - warmUp) / (1 - warmUp);
  return anneal(learningRate, final * learningRate, rest);
}
