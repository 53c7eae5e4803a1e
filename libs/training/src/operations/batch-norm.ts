import { type Tape } from '../tape/tape.ts';
import { channelsOf, rowsOf, type Variable } from '../tape/variable.ts';
import { columnSum } from './column-sum.ts';
import { perChannel } from './per-channel.ts';

/** Added to the variance under the root. */
export const batchNormEpsilon = 1e-5;
/** Weight of the newest batch in the running statistics. */
export const batchNormMomentum = 0.1;

/** Running mean and (unbiased) variance, `[C]` each, before and after the step. */
export interface RunningStatistics {
  readonly mean: string;
  readonly variance: string;
}

/**
 * Batch normalisation over all but the last dimension (Ioffe & Szegedy 2015): `gamma · (x - mean) / sd + beta`.
 *
 * Gradient: dx = gamma / sd · (dy - mean(dy) - xhat · mean(dy · xhat)).
 *
 * @returns The result and the running statistics after this batch, `0.9 · old + 0.1 · batch`.
 */
export function batchNorm(
  tape: Tape,
  [x, gamma, beta]: readonly [Variable, Variable, Variable],
  running: RunningStatistics,
): { output: Variable; running: RunningStatistics } {
  const channels = channelsOf(x);
  const rows = rowsOf(x);
  const broadcast = perChannel(tape, x);
  const scalar = (value: number) => tape.graph.float(value);
  const emit = tape.emit.bind(tape);
  const channelSum = (name: string) => tape.reshape(columnSum(tape, name, [rows, channels]), [channels]);

  const input = broadcast.wide(x.name);
  const mean = emit('Mul', [channelSum(broadcast.tall(x.name)), scalar(1 / rows)]);
  const meanSquare = emit('Mul', [channelSum(broadcast.tall(emit('Mul', [input, input]))), scalar(1 / rows)]);
  // One pass over the batch less than the mean of squared distances; rounding may leave a negative trifle.
  const variance = emit('Relu', [emit('Sub', [meanSquare, emit('Mul', [mean, mean])])]);
  const inverseDeviation = emit('Reciprocal', [
    emit('Sqrt', [emit('Add', [variance, scalar(batchNormEpsilon)])]),
  ]);
  const scale = emit('Mul', [gamma.name, inverseDeviation]);
  const scaleRow = broadcast.row(scale);
  const shift = emit('Sub', [beta.name, emit('Mul', [mean, scale])]);
  const normalised = emit('Add', [emit('Mul', [input, scaleRow]), broadcast.row(shift)]);

  const blend = (old: string, now: string) =>
    emit('Add', [
      emit('Mul', [old, scalar(1 - batchNormMomentum)]),
      emit('Mul', [now, scalar(batchNormMomentum)]),
    ]);
  const unbiased = emit('Mul', [variance, scalar(rows / (rows - 1))]);

  const output = tape.record(
    { name: broadcast.tall(normalised, x.shape), shape: x.shape },
    [x, gamma, beta],
    (upstream) => {
      const wide = broadcast.wide(upstream);
      const betaGradient = channelSum(broadcast.tall(wide));
      const products = channelSum(broadcast.tall(emit('Mul', [wide, input])));
      const gammaGradient = emit('Mul', [
        emit('Sub', [products, emit('Mul', [mean, betaGradient])]),
        inverseDeviation,
      ]);
      if (!x.needsGradient) return [undefined, gammaGradient, betaGradient];
      // dx = scale · dy + slope · x + constant, with the means over the batch folded into slope and constant.
      const negated = emit('Mul', [scale, scalar(-1 / rows)]);
      const slope = emit('Mul', [emit('Mul', [negated, inverseDeviation]), gammaGradient]);
      const constant = emit('Sub', [emit('Mul', [negated, betaGradient]), emit('Mul', [slope, mean])]);
      const inputGradient = emit('Add', [
        emit('Add', [emit('Mul', [wide, scaleRow]), emit('Mul', [input, broadcast.row(slope)])]),
        broadcast.row(constant),
      ]);
      return [broadcast.tall(inputGradient, x.shape), gammaGradient, betaGradient];
    },
  );
  return {
    output,
    running: { mean: blend(running.mean, mean), variance: blend(running.variance, unbiased) },
  };
}

/** Batch normalisation with fixed statistics, as the trained network uses it; no gradient. */
export function batchNormFixed(
  tape: Tape,
  [x, gamma, beta]: readonly [Variable, Variable, Variable],
  running: RunningStatistics,
): Variable {
  const broadcast = perChannel(tape, x);
  const deviation = tape.emit('Sqrt', [
    tape.emit('Add', [running.variance, tape.graph.float(batchNormEpsilon)]),
  ]);
  const scale = tape.emit('Div', [gamma.name, deviation]);
  const shift = tape.emit('Sub', [beta.name, tape.emit('Mul', [running.mean, scale])]);
  const scaled = tape.emit('Mul', [broadcast.wide(x.name), broadcast.row(scale)]);
  const name = broadcast.tall(tape.emit('Add', [scaled, broadcast.row(shift)]), x.shape);
  return { name, shape: x.shape, needsGradient: false };
}
