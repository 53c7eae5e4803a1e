/**
 * Weights from the order of training to that of ONNX: `[taps, inputs, filters]` to `[filters, inputs, taps]`, flat.
 */
export function toFiltersFirst(
  weight: Float32Array,
  sides: { taps: number; inputs: number; filters: number },
): Float32Array<ArrayBuffer> {
  const { taps, inputs, filters } = sides;
  const moved = new Float32Array(weight.length);
  for (let tap = 0; tap < taps; tap++)
    for (let input = 0; input < inputs; input++)
      for (let filter = 0; filter < filters; filter++)
        moved[(filter * inputs + input) * taps + tap] =
          weight[(tap * inputs + input) * filters + filter] ?? 0;
  return moved;
}
