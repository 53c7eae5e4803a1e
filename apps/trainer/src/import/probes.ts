import { elementCount, type Session, type Tensor } from '@assay/model-runtime';
import { typicalShape } from '@assay/prediction';
import { seededRandom } from '@assay/random';
import { AssayError, type PreprocessingSpec } from '@assay/schema';
import { modelInput } from '@assay/training';
import { relativeDifference } from './relative-difference.ts';
import type { PackageShape } from './plan-input.ts';

/** Inputs that a model is tried on before anything is known of it. */
export interface Probes {
  shape: number[];
  data: Float32Array;
}

const count = 6;
/** Rows computed side by side may round in another order; more means that they see each other. */
const largestInfluence = 1e-3;

/** Made-up inputs, `[6, …]`, as the preprocessing would give them: coloured noise, or rows around the features' means. */
export function makeProbes(shape: PackageShape, preprocessing: PreprocessingSpec): Probes {
  const typical = typicalShape(preprocessing);
  const sizes = shape.slice(1).map((size, index) => (typeof size === 'number' ? size : typical[index + 1]!));
  const width = elementCount(sizes);
  const random = seededRandom('import', 'probes');
  const data = new Float32Array(count * width);
  for (let row = 0; row < count; row++) {
    if (preprocessing.kind === 'tabular') {
      for (let at = 0; at < width; at++) data[row * width + at] = random.normal();
      continue;
    }
    const { mean, std } = preprocessing.normalise;
    const plane = width / mean.length;
    mean.forEach((centre, channel) => {
      const level = 60 + 135 * random.uniform();
      for (let at = 0; at < plane; at++) {
        const byte = Math.max(0, Math.min(255, Math.round(level + 40 * random.normal())));
        data[row * width + channel * plane + at] = (byte / 255 - centre) / std[channel]!;
      }
    });
  }
  return { shape: [count, ...sizes], data };
}

/**
 * Runs the probes one by one and all at once.
 *
 * @returns each output of each probe, `[probe][output]`
 * @throws AssayError `invalid-model` where the model cannot be run, where it only takes one row at a time, or where what it says of one row
 *   changes with the others
 */
export async function runProbes(
  session: Session,
  { shape, data }: Probes,
): Promise<Record<string, Tensor>[]> {
  const [rows = 0, ...sizes] = shape;
  const width = elementCount(sizes);
  const feed = (from: number, to: number) => ({
    [modelInput]: {
      type: 'float32' as const,
      shape: [to - from, ...sizes],
      data: data.slice(from * width, to * width),
    },
  });
  const alone: Record<string, Tensor>[] = [];
  try {
    for (let row = 0; row < rows; row++) alone.push(await session.run(feed(row, row + 1)));
  } catch (cause) {
    throw new AssayError(
      'invalid-model',
      `The model fails on a made-up input [1,${sizes.join(',')}]: ${reasonOf(cause)}`,
      { cause },
    );
  }
  let together: Record<string, Tensor>;
  try {
    together = await session.run(feed(0, rows));
  } catch (cause) {
    throw new AssayError(
      'invalid-model',
      `The model takes one input but not ${rows} at a time, and could not be changed to. ${howToExport} (${reasonOf(cause)})`,
      { cause },
    );
  }
  for (const [name, { data: all, shape: found }] of Object.entries(together)) {
    const each = Float32Array.from(alone.flatMap((one) => Array.from(one[name]!.data as Float32Array)));
    const difference = found[0] === rows ? relativeDifference(all as Float32Array, each) : Infinity;
    if (!(difference <= largestInfluence))
      throw new AssayError(
        'invalid-model',
        `What the model says of an input ("${name}") changes by ${difference} of its value with what else is in the batch. ${howToExport}`,
      );
  }
  return alone;
}

const howToExport =
  'Export it with a dynamic batch: torch.onnx.export(…, dynamic_axes={"input": {0: "N"}}), or tf2onnx with input shape (None, …).';

const reasonOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));
