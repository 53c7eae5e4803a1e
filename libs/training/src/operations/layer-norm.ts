import { attribute } from '@assay/onnx-graph';
import { type Tape } from '../tape/tape.ts';
import { channelsOf, rowsOf, type Variable } from '../tape/variable.ts';
import { columnSum } from './column-sum.ts';

/** Added to the variance under the root. */
export const layerNormEpsilon = 1e-5;

/**
 * Layer normalisation over the last dimension (Ba et al. 2016): `gamma · (x - mean) / sd + beta`, mean and sd of
 * each row.
 *
 * Gradient, with g = dy · gamma: dx = (g - mean(g) - xhat · mean(g · xhat)) / sd.
 */
export function layerNorm(tape: Tape, [x, gamma, beta]: readonly [Variable, Variable, Variable]): Variable {
  const channels = channelsOf(x);
  const rows = rowsOf(x);
  const matrix = (name: string) => tape.reshape(name, [rows, channels]);
  const rowMean = (name: string) =>
    tape.emit('ReduceMean', [name, tape.graph.ints([1])], { keepdims: attribute.int(1) });

  const input = matrix(x.name);
  const centred = tape.emit('Sub', [input, rowMean(input)]);
  const variance = rowMean(tape.emit('Mul', [centred, centred]));
  const deviation = tape.emit('Sqrt', [tape.emit('Add', [variance, tape.graph.float(layerNormEpsilon)])]);
  const normalised = tape.emit('Div', [centred, deviation]);
  const output = tape.emit('Add', [tape.emit('Mul', [normalised, gamma.name]), beta.name]);

  return tape.record(
    { name: tape.reshape(output, x.shape), shape: x.shape },
    [x, gamma, beta],
    (upstream) => {
      const flat = matrix(upstream);
      const scaled = tape.emit('Mul', [flat, gamma.name]);
      const alongNormalised = rowMean(tape.emit('Mul', [scaled, normalised]));
      const residue = tape.emit('Sub', [
        tape.emit('Sub', [scaled, rowMean(scaled)]),
        tape.emit('Mul', [normalised, alongNormalised]),
      ]);
      return [
        tape.reshape(tape.emit('Div', [residue, deviation]), x.shape),
        columnSum(tape, tape.emit('Mul', [flat, normalised]), [rows, channels]),
        columnSum(tape, flat, [rows, channels]),
      ];
    },
  );
}
