import { type Tape } from '../tape/tape.ts';
import { channelsOf, rowsOf, type Variable } from '../tape/variable.ts';
import { columnSum } from './column-sum.ts';
import { perChannel } from './per-channel.ts';

/** Added to the variance under the root. */
export const batchNormEpsilon = 1e-5;
/** Weight of the newest batch in the running statistics. */
export const batchNormMomentum = 0.1;

/** Running mean and (unbiased) variance, `[C]` each, before or after the step. */
export interface RunningStatistics {
  readonly mean: string;
  readonly variance: string;
}

/** Statistics of one batch per channel, `[C]` each, over `rows` values; the variance is the biased one. */
export interface BatchStatistics extends RunningStatistics {
  readonly rows: number;
  readonly inverseDeviation: string;
}

/** Mean, variance and 1 / sqrt(variance + epsilon) over all but the last dimension. */
export function batchStatistics(tape: Tape, x: Variable): BatchStatistics {
  const rows = rowsOf(x);
  const emit = tape.emit.bind(tape);
  const { wide } = perChannel(tape, x);
  const share = tape.graph.float(1 / rows);
  const mean = emit('Mul', [channelSum(tape, x.name, x), share]);
  const square = emit('Mul', [wide(x.name), wide(x.name)]);
  const meanSquare = emit('Mul', [channelSum(tape, square, x), share]);
  // One pass over the batch less than the mean of squared distances; rounding may leave a negative trifle.
  const variance = emit('Relu', [emit('Sub', [meanSquare, emit('Mul', [mean, mean])])]);
  const deviation = emit('Sqrt', [emit('Add', [variance, tape.graph.float(batchNormEpsilon)])]);
  return { rows, mean, variance, inverseDeviation: emit('Reciprocal', [deviation]) };
}

/** `0.9 · running + 0.1 · batch`, with the batch's variance made unbiased. */
export function blendStatistics(
  tape: Tape,
  running: RunningStatistics,
  batch: Pick<BatchStatistics, 'rows' | 'mean' | 'variance'>,
): RunningStatistics {
  const blend = (old: string, now: string) =>
    tape.emit('Add', [
      tape.emit('Mul', [old, tape.graph.float(1 - batchNormMomentum)]),
      tape.emit('Mul', [now, tape.graph.float(batchNormMomentum)]),
    ]);
  const unbiased = tape.emit('Mul', [batch.variance, tape.graph.float(batch.rows / (batch.rows - 1))]);
  return { mean: blend(running.mean, batch.mean), variance: blend(running.variance, unbiased) };
}

/**
 * What flows through the statistics, of `y = scale · (x - mean) + beta` with `scale = gamma / sd`.
 *
 * From dx = scale · (dy - mean(dy) - xhat · mean(dy · xhat)), written as dx = scale · dy + slope · x + constant with
 * the means folded into slope and constant.
 *
 * @param sums `upstream`: sum of dy (the gradient of beta); `products`: sum of dy · x; `[C]` each.
 * @returns `[C]` each.
 */
export function statisticsGradient(
  tape: Tape,
  { rows, mean, inverseDeviation }: BatchStatistics,
  { scale, upstream, products }: { scale: string; upstream: string; products: string },
): { gamma: string; slope: string; constant: string } {
  const emit = tape.emit.bind(tape);
  const gamma = emit('Mul', [emit('Sub', [products, emit('Mul', [mean, upstream])]), inverseDeviation]);
  const negated = emit('Mul', [scale, tape.graph.float(-1 / rows)]);
  const slope = emit('Mul', [emit('Mul', [negated, inverseDeviation]), gamma]);
  const constant = emit('Sub', [emit('Mul', [negated, upstream]), emit('Mul', [slope, mean])]);
  return { gamma, slope, constant };
}

/** Sum of `name`, shaped like `x`, over all but the last dimension: `[C]`. */
export function channelSum(tape: Tape, name: string, x: Variable): string {
  const [rows, channels] = [rowsOf(x), channelsOf(x)];
  return tape.reshape(columnSum(tape, tape.reshape(name, [rows, channels]), [rows, channels]), [channels]);
}
