import { type Tape } from '../tape/tape.ts';
import { type Variable } from '../tape/variable.ts';
import {
  batchNormEpsilon,
  batchStatistics,
  blendStatistics,
  channelSum,
  type RunningStatistics,
  statisticsGradient,
} from './batch-statistics.ts';
import { perChannel } from './per-channel.ts';

/**
 * Batch normalisation over all but the last dimension (Ioffe & Szegedy 2015): `gamma · (x - mean) / sd + beta`.
 *
 * @returns The result and the running statistics after this batch.
 */
export function batchNorm(
  tape: Tape,
  [x, gamma, beta]: readonly [Variable, Variable, Variable],
  running: RunningStatistics,
): { output: Variable; running: RunningStatistics } {
  const emit = tape.emit.bind(tape);
  const { wide, row, tall } = perChannel(tape, x);
  const batch = batchStatistics(tape, x);
  const scale = emit('Mul', [gamma.name, batch.inverseDeviation]);
  const shift = emit('Sub', [beta.name, emit('Mul', [batch.mean, scale])]);
  const input = wide(x.name);
  const scaleRow = row(scale);
  const normalised = emit('Add', [emit('Mul', [input, scaleRow]), row(shift)]);

  const result = { name: tall(normalised, x.shape), shape: x.shape };
  const output = tape.record(result, [x, gamma, beta], (gradient) => {
    const dy = wide(gradient);
    const upstream = channelSum(tape, dy, x);
    const products = channelSum(tape, emit('Mul', [dy, input]), x);
    const through = statisticsGradient(tape, batch, { scale, upstream, products });
    if (!x.needsGradient) return [undefined, through.gamma, upstream];
    const dx = emit('Add', [
      emit('Add', [emit('Mul', [dy, scaleRow]), emit('Mul', [input, row(through.slope)])]),
      row(through.constant),
    ]);
    return [tall(dx, x.shape), through.gamma, upstream];
  });
  return { output, running: blendStatistics(tape, running, batch) };
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
