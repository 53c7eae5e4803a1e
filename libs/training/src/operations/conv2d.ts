import { attribute } from '@assay/onnx-graph';
import { type Tape } from '../tape/tape.ts';
import { channelsOf, imageShape, type Variable } from '../tape/variable.ts';
import { gatherRows, withOutsideRow } from './gather-rows.ts';
import { productWithTransposed, transposedProduct } from './matrix.ts';
import { fewChannels, shiftedColumns } from './shifted-columns.ts';
import { sum } from './taps.ts';
import { suitsWinograd, winogradConv2d } from './winograd-conv2d.ts';
import { contributingTaps, inputPixels, outputExtent, outputPositions, type Window } from './window.ts';

/**
 * Convolution of an image batch `x [B, H, W, C]` with `weight [k·k·C, O]` (taps row-major, channels innermost), to
 * `[B, H', W', O]`; no bias.
 *
 * Where {@link suitsWinograd}, {@link winogradConv2d} does it. Elsewhere each output pixel's window is gathered into a row
 * (im2col by a constant index table, or by {@link shiftedColumns}), then one matrix product.
 * Backward: dW = columnsᵀ · dy, with the columns kept from the forward pass. dx at stride 1 is the same gather with
 * the mirrored table; at larger strides the columns' gradients are summed pixel by pixel, so that no product is wasted
 * on positions that the stride skips.
 */
export function conv2d(tape: Tape, [x, weight]: readonly [Variable, Variable], window: Window): Variable {
  const [batch, height, width, channels] = imageShape(x);
  const filters = channelsOf(weight);
  const { kernel, stride, padding } = window;
  const taps = kernel * kernel;
  if (weight.shape[0] !== taps * channels)
    throw new RangeError(
      `Expected weights [${taps * channels}, filters] for ${channels} channels, received [${weight.shape.join(', ')}].`,
    );
  if (suitsWinograd([x, weight], window)) return winogradConv2d(tape, [x, weight]);
  const output = outputExtent({ height, width }, window);
  const positions = output.height * output.width;
  const key = `${height}x${width}k${kernel}s${stride}p${padding}`;
  const pointwise = kernel === 1 && stride === 1 && padding === 0;

  const columns = pointwise
    ? tape.reshape(x.name, [batch * positions, channels])
    : channels <= fewChannels
      ? shiftedColumns(tape, x, window)
      : tape.reshape(
          gatherRows(
            tape,
            padding === 0
              ? tape.reshape(x.name, [batch, height * width, channels])
              : withOutsideRow(tape, { name: x.name, batch, rows: height * width, channels }),
            { key: `input_${key}`, rows: inputPixels({ height, width }, window) },
          ),
          [batch * positions, taps * channels],
        );
  const shape = [batch, output.height, output.width, filters];
  const product = tape.reshape(tape.emit('MatMul', [columns, weight.name]), shape);

  const inputGradient = (upstream: string): string => {
    if (pointwise) return tape.reshape(productWithTransposed(tape, upstream, weight.name), x.shape);
    if (stride === 1) return mirroredGather(upstream);
    return sumOfTaps(productWithTransposed(tape, upstream, weight.name));
  };

  const mirroredGather = (upstream: string): string => {
    const pixels = { name: upstream, batch, rows: positions, channels: filters };
    const gathered = gatherRows(tape, withOutsideRow(tape, pixels), {
      key: `output_${key}`,
      rows: outputPositions({ height, width }, window),
    });
    const mirrored = tape.emit('Transpose', [tape.reshape(weight.name, [taps, channels, filters])], {
      perm: attribute.ints([0, 2, 1]),
    });
    const gradient = tape.emit('MatMul', [
      tape.reshape(gathered, [batch * height * width, taps * filters]),
      tape.reshape(mirrored, [taps * filters, channels]),
    ]);
    return tape.reshape(gradient, x.shape);
  };

  const sumOfTaps = (columnGradient: string): string => {
    const padded = withOutsideRow(tape, { name: columnGradient, batch, rows: positions * taps, channels });
    const contributions = contributingTaps({ height, width }, window).map((rows, index) =>
      gatherRows(tape, padded, { key: `taps_${key}_${index}`, rows }),
    );
    return tape.reshape(sum(tape, contributions), x.shape);
  };

  return tape.record({ name: product, shape }, [x, weight], (upstream) => {
    const flat = tape.reshape(upstream, [batch * positions, filters]);
    return [
      x.needsGradient ? inputGradient(flat) : undefined,
      transposedProduct(
        tape,
        { name: columns, columns: taps * channels },
        { name: flat, columns: filters, rows: batch * positions },
      ),
    ];
  });
}
