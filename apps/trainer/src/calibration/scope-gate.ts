import type { ScopeGateStatistics } from '@assay/schema';
import { quantile } from '../metrics/bootstrap.ts';
import { at } from '../metrics/scores.ts';
import { invertPositiveDefinite } from './cholesky.ts';

/** Embeddings `[N, size]`, row-major. */
export interface Embeddings {
  values: Float32Array;
  size: number;
}

/** Added to the diagonal, relative to the mean variance: keeps constant features from dividing by zero. */
const relativeRidge = 1e-6;

/**
 * Mean and inverse covariance of the training embeddings. The covariance is shrunk towards a multiple of the
 * identity by the amount of Ledoit and Wolf (2004), so that it can be inverted with few rows.
 */
export function fitScopeGate(embeddings: Embeddings): ScopeGateStatistics {
  const { values, size } = embeddings;
  const rows = values.length / size;
  const mean = new Float64Array(size);
  for (let index = 0; index < values.length; index++) mean[index % size]! += at(values, index) / rows;
  const covariance = shrunkCovariance(embeddings, mean);
  return { mean: Array.from(mean), precision: Array.from(invertPositiveDefinite(covariance, size)) };
}

function shrunkCovariance({ values, size }: Embeddings, mean: Float64Array): Float64Array {
  const rows = values.length / size;
  const covariance = new Float64Array(size * size);
  const centred = new Float64Array(size);
  let fourth = 0;
  for (let row = 0; row < rows; row++) {
    let norm = 0;
    for (let i = 0; i < size; i++) {
      const value = at(values, row * size + i) - at(mean, i);
      centred[i] = value;
      norm += value * value;
    }
    fourth += norm * norm;
    for (let i = 0; i < size; i++)
      for (let j = 0; j <= i; j++) covariance[i * size + j]! += (at(centred, i) * at(centred, j)) / rows;
  }
  let trace = 0;
  let squared = 0;
  for (let i = 0; i < size; i++) {
    trace += at(covariance, i * size + i);
    for (let j = 0; j <= i; j++) {
      const value = at(covariance, i * size + j);
      squared += (i === j ? 1 : 2) * value * value;
      covariance[j * size + i] = value;
    }
  }
  const scale = trace / size;
  // Squared distances, summed over entries: of the covariance to the target, and of its sampling error.
  const distance = squared - size * scale * scale;
  const error = Math.max(0, fourth / rows - squared) / rows;
  const shrinkage = distance <= 0 ? 1 : Math.min(1, error / distance);
  return covariance.map((value, index) => {
    const diagonal = index % (size + 1) === 0;
    const target = diagonal ? scale : 0;
    return (1 - shrinkage) * value + shrinkage * target + (diagonal ? relativeRidge * scale + 1e-12 : 0);
  });
}

/** Squared Mahalanobis distance of each embedding. */
export function squaredDistances(embeddings: Embeddings, statistics: ScopeGateStatistics): Float64Array {
  const { values, size } = embeddings;
  const centred = new Float64Array(size);
  return Float64Array.from({ length: values.length / size }, (_, row) => {
    for (let i = 0; i < size; i++) centred[i] = at(values, row * size + i) - at(statistics.mean, i);
    let sum = 0;
    for (let i = 0; i < size; i++) {
      let line = 0;
      for (let j = 0; j < size; j++) line += at(statistics.precision, i * size + j) * at(centred, j);
      sum += at(centred, i) * line;
    }
    return sum;
  });
}

/** The distance that keeps `coverage` of these in-scope embeddings inside. */
export function scopeThreshold(distances: Float64Array, coverage: number): number {
  return quantile(Float64Array.from(distances).sort(), coverage);
}
