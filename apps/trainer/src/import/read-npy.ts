import { AssayError } from '@assay/schema';

/** Numbers with their sizes, row-major. */
export interface PlainTensor {
  shape: number[];
  data: Float32Array;
}

const magic = '\u0093NUMPY';
/** Readers of one element, by NumPy's name of the type. */
const elements: Record<string, [width: number, read: (view: DataView, at: number) => number]> = {
  '<f4': [4, (view, at) => view.getFloat32(at, true)],
  '<f8': [8, (view, at) => view.getFloat64(at, true)],
  '<i4': [4, (view, at) => view.getInt32(at, true)],
  '<i8': [8, (view, at) => Number(view.getBigInt64(at, true))],
  '|u1': [1, (view, at) => view.getUint8(at)],
};

/**
 * Reads a NumPy array file.
 *
 * @throws AssayError `invalid-dataset` for another file, an element type beside float32, float64, int32, int64 and uint8, or
 *   column-major order
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function readNpy(bytes: Uint8Array, path: string): PlainTensor {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || Buffer.from(bytes.subarray(0, 6)).toString('latin1') !== magic)
    throw invalid(path, 'it is not one');
  const isFirstVersion = bytes[6] === 1;
  const start =
    (isFirstVersion ? 10 : 12) + (isFirstVersion ? view.getUint16(8, true) : view.getUint32(8, true));
  const header = Buffer.from(bytes.subarray(10, start)).toString('latin1');
  const type = /'descr':\s*'([^']+)'/.exec(header)?.[1] ?? 'of several fields';
  const shape = /'shape':\s*\(([^)]*)\)/
    .exec(header)?.[1]
    ?.split(',')
    .map((size) => size.trim())
    .filter(Boolean)
    .map(Number);
  const element = elements[type];
  if (element === undefined || shape === undefined)
    throw invalid(path, `its elements are ${type}; save it with .astype("float32")`);
  if (/'fortran_order':\s*True/.test(header) && shape.length > 1)
    throw invalid(path, 'it is in column-major order; save numpy.ascontiguousarray(…)');
  const [width, read] = element;
  const count = shape.reduce((product, size) => product * size, 1);
  if (bytes.length - start < count * width) throw invalid(path, 'it is cut off');
  return {
    shape,
    data: Float32Array.from({ length: count }, (_, index) => read(view, start + index * width)),
  };
}

/**
 * A tensor from nested lists of numbers, as `array.tolist()` writes it.
 *
 * @throws AssayError `invalid-dataset` where lists of one level differ in length, or hold something else
 */
export function nestedTensor(value: unknown, path: string): PlainTensor {
  const shape: number[] = [];
  for (let level = value; Array.isArray(level); level = level[0]) shape.push(level.length);
  const data: number[] = [];
  const walk = (level: unknown, depth: number): void => {
    if (depth === shape.length) {
      if (typeof level !== 'number')
        throw invalid(path, `expected numbers, received ${JSON.stringify(level ?? null).slice(0, 40)}`);
      data.push(level);
    } else if (Array.isArray(level) && level.length === shape[depth])
      for (const inner of level) walk(inner, depth + 1);
    else throw invalid(path, 'its lists differ in length');
  };
  walk(value, 0);
  return { shape, data: Float32Array.from(data) };
}

function invalid(path: string, why: string): AssayError {
  return new AssayError(
    'invalid-dataset',
    `${path}: expected an array of numbers (.npy or nested lists in .json); ${why}.`,
  );
}
