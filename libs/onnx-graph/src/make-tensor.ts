import { AssayError } from '@assay/schema';
import { elementTypes, type ElementType } from './element-type.ts';
import type { TensorProto } from './messages.ts';

/** Values that a constant can be made of. */
export type TensorData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

const typeOfArray: Readonly<Record<string, ElementType>> = {
  Float32Array: 'float32',
  Float64Array: 'float64',
  Int8Array: 'int8',
  Uint8Array: 'uint8',
  Int16Array: 'int16',
  Uint16Array: 'uint16',
  Int32Array: 'int32',
  Uint32Array: 'uint32',
  BigInt64Array: 'int64',
  BigUint64Array: 'uint64',
};

/**
 * A constant tensor, row-major; the element type follows from the array. The bytes are not copied: the
 * tensor shares the memory of `data` until the model is serialised.
 *
 * @param values - `shape`: sizes, `[]` is a scalar; `data`: as many values as the shape holds; `type`: reads the bytes as another element type of equal width: `bool` (Uint8Array of 0 and 1), `float16` or
 *   `bfloat16` (Uint16Array of bit patterns)
 * @throws AssayError `invalid-model` when the number of values is not that of the shape.
 */
export function makeTensor(
  name: string,
  values: {
    readonly shape: readonly number[];
    readonly data: TensorData;
    readonly type?: 'bool' | 'float16' | 'bfloat16';
  },
): TensorProto {
  const { shape, data, type } = values;
  const size = shape.reduce((product, dimension) => product * dimension, 1);
  if (size !== data.length) {
    throw new AssayError(
      'invalid-model',
      `The tensor "${name}" of shape [${shape.join(', ')}] needs ${size} values, got ${data.length}.`,
    );
  }
  const natural = typeOfArray[data[Symbol.toStringTag]];
  const expected = type === 'bool' ? 'uint8' : type === undefined ? natural : 'uint16';
  if (natural === undefined || natural !== expected) {
    throw new AssayError(
      'invalid-model',
      `The tensor "${name}" of type ${type ?? 'its array'} cannot be made of a ${data[Symbol.toStringTag]}.`,
    );
  }
  return {
    name,
    dims: [...shape],
    dataType: elementTypes[type ?? natural],
    rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  };
}
