import { AssayError } from '@assay/schema';
import { elementTypeOf, type ElementType } from './element-type.ts';
import { externalLocation, type ReadExternal } from './external-data.ts';
import { bfloat16Values, float16Values } from './half-precision.ts';
import type { TensorData } from './make-tensor.ts';
import type { Int64, TensorProto } from './messages.ts';

/** A constant in a form that can be calculated with. */
export interface TensorValues {
  /** Sizes; `[]` is a scalar. */
  readonly shape: readonly number[];
  /** The element type in the file. */
  readonly type: ElementType;
  /** Row-major copy: float16 and bfloat16 as Float32Array, bool, uint4 as Uint8Array, int4 as Int8Array. */
  readonly data: TensorData | readonly string[];
}

/** How one element type is stored: the array of its bytes, and the typed field that may hold it instead. */
interface Storage {
  readonly array: (bytes: ArrayBuffer) => TensorData;
  readonly from: (values: TypedField) => TensorData;
  readonly field: 'floatData' | 'int32Data' | 'int64Data' | 'doubleData' | 'uint64Data';
  /** Bytes a value. */
  readonly width: number;
  readonly finish?: (data: TensorData, size: number) => TensorData;
}
type TypedField = readonly Int64[];

const storage: Partial<Record<ElementType, Storage>> = {
  float32: { ...numbers(Float32Array), field: 'floatData' },
  float64: { ...numbers(Float64Array), field: 'doubleData' },
  int8: { ...numbers(Int8Array), field: 'int32Data' },
  uint8: { ...numbers(Uint8Array), field: 'int32Data' },
  bool: { ...numbers(Uint8Array), field: 'int32Data' },
  int16: { ...numbers(Int16Array), field: 'int32Data' },
  uint16: { ...numbers(Uint16Array), field: 'int32Data' },
  int32: { ...numbers(Int32Array), field: 'int32Data' },
  uint32: { ...numbers(Uint32Array), field: 'uint64Data' },
  int64: { ...bigints(BigInt64Array), field: 'int64Data' },
  uint64: { ...bigints(BigUint64Array), field: 'uint64Data' },
  float16: {
    ...numbers(Uint16Array),
    field: 'int32Data',
    finish: (data) => float16Values(data as Uint16Array),
  },
  bfloat16: {
    ...numbers(Uint16Array),
    field: 'int32Data',
    finish: (data) => bfloat16Values(data as Uint16Array),
  },
  uint4: {
    ...numbers(Uint8Array),
    field: 'int32Data',
    width: 0.5,
    finish: (data, size) => nibbles(data, size),
  },
  int4: {
    ...numbers(Uint8Array),
    field: 'int32Data',
    width: 0.5,
    finish: (data, size) => Int8Array.from(nibbles(data, size), (value) => (value << 28) >> 28),
  },
};

/**
 * Reads the values of a constant, wherever the exporter put them: raw little-endian bytes, the typed field of
 * the element type, or a file beside the model.
 *
 * @param readExternal - reads a file beside the model; needed only for tensors with external data
 * @throws AssayError `invalid-model` when the values do not fill the shape, the element type cannot be read (complex,
 *   8-bit and 4-bit floats), or the values are in a file and `readExternal` is absent.
 */
export function tensorValues(tensor: TensorProto, readExternal?: ReadExternal): TensorValues {
  const type = elementTypeOf(tensor.dataType);
  const shape = tensor.dims.map(Number);
  const size = shape.reduce((product, dimension) => product * dimension, 1);
  if (type === 'string') {
    const data = (tensor.stringData ?? []).map((bytes) => new TextDecoder().decode(bytes));
    return { shape, type, data: filled(tensor, data, size) };
  }
  const kind = storage[type];
  if (kind === undefined) {
    throw new AssayError(
      'invalid-model',
      `The tensor "${tensor.name ?? ''}" is of type ${type}, which cannot be read.`,
    );
  }
  const count = Math.ceil(size * Math.min(kind.width, 1));
  const bytes = tensorBytes(tensor, readExternal);
  const data =
    bytes === undefined
      ? kind.from(filled(tensor, tensor[kind.field] ?? [], count))
      : // Not `slice`, which on a Buffer copies nothing.
        kind.array(new Uint8Array(filled(tensor, bytes, count * Math.max(kind.width, 1))).buffer);
  return { shape, type, data: kind.finish?.(data, size) ?? data };
}

/** The stored bytes of `tensor`, or `undefined` when its values are in a typed field. */
function tensorBytes(tensor: TensorProto, readExternal: ReadExternal | undefined): Uint8Array | undefined {
  const where = externalLocation(tensor);
  if (where === undefined) return tensor.rawData;
  if (readExternal !== undefined) return readExternal(where);
  throw new AssayError(
    'invalid-model',
    `The values of the tensor "${tensor.name ?? ''}" are in the file "${where.location}" beside the model. Save the model as one file.`,
  );
}

function filled<T extends { readonly length: number }>(tensor: TensorProto, data: T, expected: number): T {
  if (data.length === expected) return data;
  throw new AssayError(
    'invalid-model',
    `The tensor "${tensor.name ?? ''}" of shape [${tensor.dims.join(', ')}] needs ${expected} stored values or bytes, got ${data.length}.`,
  );
}

interface NumberArrayConstructor {
  new (bytes: ArrayBuffer): TensorData;
  from(values: readonly number[]): TensorData;
  readonly BYTES_PER_ELEMENT: number;
}

function numbers(array: NumberArrayConstructor): Omit<Storage, 'field'> {
  return {
    array: (bytes) => new array(bytes),
    from: (values) => array.from(values as readonly number[]),
    width: array.BYTES_PER_ELEMENT,
  };
}

function bigints(array: typeof BigInt64Array | typeof BigUint64Array): Omit<Storage, 'field'> {
  return {
    array: (bytes) => new array(bytes),
    from: (values) => array.from(values.map(BigInt)),
    width: array.BYTES_PER_ELEMENT,
  };
}

/** Two 4-bit values a byte, the first one in the low bits. */
function nibbles(bytes: TensorData, size: number): Uint8Array {
  return Uint8Array.from(
    { length: size },
    (_, index) => (Number(bytes[index >> 1]) >> ((index & 1) * 4)) & 15,
  );
}
