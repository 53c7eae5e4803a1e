import { type Tape } from '../tape/tape.ts';
import { type Variable } from '../tape/variable.ts';
import {
  batchStatistics,
  blendStatistics,
  channelSum,
  type RunningStatistics,
  statisticsGradient,
} from './batch-statistics.ts';
import { flipChannels, signsOf } from './flip-channels.ts';
import { maxPool } from './max-pool.ts';
import { perChannel } from './per-channel.ts';
import { type Window } from './window.ts';

/**
 * Batch normalisation, then max pooling, computed the other way round: `gamma ≥ 0` makes the normalisation increasing,
 * so that the largest normalised value is the normalised largest one. Scaling, shifting and the sums of the backward
 * pass then run over a quarter of the elements; only the statistics see them all.
 *
 * A negative gamma counts as positive with its channel flipped: γ·x = |γ|·(sign γ · x).
 *
 * @param inputs `flipped` gives the input with each channel multiplied by a sign; a convolution flips its weights, which
 * costs nothing, where {@link flipChannels} costs two passes over the batch.
 */
export function batchNormMaxPool(
  tape: Tape,
  [flipped, gamma, beta]: readonly [(signs: string) => Variable, Variable, Variable],
  { running, window }: { running: RunningStatistics; window: Window },
): { output: Variable; running: RunningStatistics } {
  const emit = tape.emit.bind(tape);
  const signs = signsOf(tape, gamma.name);
  const gain = flipChannels(tape, gamma, signs);
  const x = flipped(signs);
  const batch = batchStatistics(tape, x);
  const pooled = maxPool(tape, x, window);

  const { wide, row, tall } = perChannel(tape, pooled);
  const scale = emit('Mul', [gain.name, batch.inverseDeviation]);
  const shift = emit('Sub', [beta.name, emit('Mul', [batch.mean, scale])]);
  const scaleRow = row(scale);
  const normalised = emit('Add', [emit('Mul', [wide(pooled.name), scaleRow]), row(shift)]);

  // The gradient reaches x by two ways: through the maxima, and through the statistics.
  const result = { name: tall(normalised, pooled.shape), shape: pooled.shape };
  const output = tape.record(result, [pooled, x, gain, beta], (gradient) => {
    const dy = wide(gradient);
    const upstream = channelSum(tape, dy, pooled);
    const products = channelSum(tape, emit('Mul', [dy, wide(pooled.name)]), pooled);
    const through = statisticsGradient(tape, batch, { scale, upstream, products });
    if (!x.needsGradient) return [undefined, undefined, through.gamma, upstream];
    const full = perChannel(tape, x);
    const linear = emit('Mul', [full.wide(x.name), full.row(through.slope)]);
    return [
      tall(emit('Mul', [dy, scaleRow]), pooled.shape),
      full.tall(emit('Add', [linear, full.row(through.constant)]), x.shape),
      through.gamma,
      upstream,
    ];
  });
  const mean = emit('Mul', [batch.mean, signs]);
  return { output, running: blendStatistics(tape, running, { ...batch, mean }) };
}
