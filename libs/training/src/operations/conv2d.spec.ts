import { openSession } from '@assay/model-runtime';
import { describe, expect, it } from '@jest/globals';
import { Tape } from '../tape/tape.ts';
import { sizeOf } from '../tape/variable.ts';
import { conv2d } from './conv2d.ts';
import { suitsWinograd } from './winograd-conv2d.ts';
import { outputExtent, type Window } from './window.ts';

interface Case {
  readonly path: string;
  /** `[B, H, W, C]`. */
  readonly x: readonly [number, number, number, number];
  readonly filters: number;
  readonly window: Window;
  /** Largest error against the largest value; 3e-6 except where tiles are of 4×4 outputs. */
  readonly tolerance?: number;
}
const same: Window = { kernel: 3, stride: 1, padding: 1 };
const cases: Case[] = [
  { path: 'gathered windows', x: [2, 7, 6, 12], filters: 20, window: same },
  { path: 'gathered windows', x: [2, 9, 8, 20], filters: 12, window: { ...same, stride: 2 } },
  { path: 'gathered windows', x: [2, 8, 8, 16], filters: 16, window: { ...same, padding: 0 } },
  { path: 'gathered windows', x: [2, 6, 6, 10], filters: 9, window: { kernel: 5, stride: 1, padding: 2 } },
  { path: 'shifted slices', x: [2, 12, 10, 3], filters: 24, window: same },
  { path: 'shifted slices', x: [2, 9, 7, 8], filters: 5, window: { ...same, stride: 2 } },
  { path: 'Winograd', x: [2, 4, 6, 4], filters: 5, window: same },
  { path: 'Winograd', x: [1, 2, 2, 16], filters: 16, window: same },
  { path: 'Winograd', x: [3, 6, 10, 16], filters: 24, window: same },
  { path: 'Winograd', x: [2, 4, 4, 8], filters: 12, window: same, tolerance: 1e-5 },
  { path: 'Winograd', x: [3, 8, 12, 16], filters: 24, window: same, tolerance: 1e-5 },
  { path: 'Winograd', x: [4, 16, 16, 64], filters: 48, window: same, tolerance: 1e-5 },
];

/** Pseudo-random values in [-1, 1]; those of pixels lie around 0.3, as after an activation. */
function wave(count: number, phase: number): Float32Array {
  return Float32Array.from({ length: count }, (_, index) => Math.sin(index * index * 0.37 + index + phase));
}

/** The definition, in float64. */
function reference({ x: [batch, height, width, channels], filters, window }: Case, data: Data) {
  const output = outputExtent({ height, width }, window);
  const y = new Float64Array(batch * output.height * output.width * filters);
  const dx = new Float64Array(data.x.length);
  const dw = new Float64Array(data.weight.length);
  for (let b = 0; b < batch; b++)
    for (let row = 0; row < output.height; row++)
      for (let column = 0; column < output.width; column++)
        for (let tap = 0; tap < window.kernel ** 2; tap++) {
          const down = row * window.stride + Math.floor(tap / window.kernel) - window.padding;
          const right = column * window.stride + (tap % window.kernel) - window.padding;
          if (down < 0 || right < 0 || down >= height || right >= width) continue;
          const from = ((b * height + down) * width + right) * channels;
          const to = ((b * output.height + row) * output.width + column) * filters;
          for (let c = 0; c < channels; c++)
            for (let f = 0; f < filters; f++) {
              const w = (tap * channels + c) * filters + f;
              y[to + f]! += data.x[from + c]! * data.weight[w]!;
              dx[from + c]! += data.dy[to + f]! * data.weight[w]!;
              dw[w]! += data.dy[to + f]! * data.x[from + c]!;
            }
        }
  return [y, dx, dw];
}
interface Data {
  readonly x: Float32Array;
  readonly weight: Float32Array;
  readonly dy: Float32Array;
}

async function computed({ x, filters, window }: Case, data: Data): Promise<Float32Array[]> {
  const tape = new Tape();
  const kernel = [window.kernel ** 2 * x[3], filters];
  const input = tape.variable(tape.graph.input('x', x), x, { needsGradient: true });
  const weight = tape.variable(tape.graph.input('weight', kernel), kernel, { needsGradient: true });
  const y = conv2d(tape, [input, weight], window);
  const gradients = tape.gradients(y, [input, weight], tape.graph.input('dy', y.shape));
  const results = [y.name, ...gradients];
  const shapes = [y.shape, x, kernel];
  results.forEach((name, index) => tape.graph.output(name, shapes[index] ?? []));
  const session = await openSession(tape.graph.build());
  const answers = await session.run({
    x: { type: 'float32', shape: x, data: data.x },
    weight: { type: 'float32', shape: kernel, data: data.weight },
    dy: { type: 'float32', shape: y.shape, data: data.dy },
  });
  await session.close();
  return results.map((name) => answers[name]?.data as Float32Array);
}

describe('a convolution and both its gradients agree with the definition in float64', () => {
  for (const given of cases) {
    const { path, x, filters, window, tolerance = 3e-6 } = given;
    it(`${path}: [${x.join(', ')}] to ${filters}, ${window.kernel}×${window.kernel}, stride ${window.stride}, padding ${window.padding}`, async () => {
      const extent = outputExtent({ height: x[1], width: x[2] }, window);
      const data = {
        x: wave(sizeOf(x), 0.5).map((value) => value + 0.3),
        weight: wave(window.kernel ** 2 * x[3] * filters, 1),
        dy: wave(x[0] * extent.height * extent.width * filters, 2),
      };
      const expected = reference(given, data);
      const received = await computed(given, data);
      received.forEach((values, which) => {
        const target = expected[which] ?? new Float64Array();
        expect(values).toHaveLength(target.length);
        const largest = target.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        const worst = values.reduce(
          (most, value, i) => Math.max(most, Math.abs(value - (target[i] ?? NaN))),
          0,
        );
        expect(worst / largest).toBeLessThan(tolerance);
      });
      const variable = (shape: readonly number[]) => ({ name: '', shape, needsGradient: true });
      expect(suitsWinograd([variable(x), variable([filters])], window)).toBe(path === 'Winograd');
    });
  }
});
