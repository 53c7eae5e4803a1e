import { attribute } from '@assay/onnx-graph';
import { type Tape } from '../tape/tape.ts';
import { imageShape, type Variable } from '../tape/variable.ts';

/** Mean over height and width: `[B, H, W, C]` to `[B, C]`. The gradient is spread evenly. */
export function globalAveragePool(tape: Tape, x: Variable): Variable {
  const [batch, height, width, channels] = imageShape(x);
  const pixels = height * width;
  const name = tape.emit(
    'ReduceMean',
    [tape.reshape(x.name, [batch, pixels, channels]), tape.graph.ints([1])],
    {
      keepdims: attribute.int(0),
    },
  );
  return tape.record({ name, shape: [batch, channels] }, [x], (upstream) => {
    const share = tape.emit('Mul', [
      tape.reshape(upstream, [batch, 1, channels]),
      tape.graph.float(1 / pixels),
    ]);
    const spread = tape.emit('Expand', [share, tape.graph.ints([batch, pixels, channels])]);
    return [tape.reshape(spread, x.shape)];
  });
}
