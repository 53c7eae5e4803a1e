/** The typed array that holds the elements of each type. `bool` is one byte per element, 0 or 1. */
export interface TensorArrays {
  float32: Float32Array;
  float64: Float64Array;
  int64: BigInt64Array;
  int32: Int32Array;
  int8: Int8Array;
  uint8: Uint8Array;
  bool: Uint8Array;
}

/** Element types that a session takes and gives, by the names of ONNX Runtime. */
export type TensorType = keyof TensorArrays;

/** A dense tensor of one given element type: see {@link Tensor}. */
export interface TensorOf<T extends TensorType> {
  readonly type: T;
  /** Sizes, outermost first; `[]` is a scalar with one element. */
  readonly shape: readonly number[];
  /** Row-major, `product(shape)` elements. */
  readonly data: TensorArrays[T];
}

/**
 * A dense tensor as plain data, so that it crosses a thread by structured clone or transfer.
 * Narrow by `type` to learn the class of `data`.
 */
export type Tensor = { [T in TensorType]: TensorOf<T> }[TensorType];

/** Tensors by name: what a graph is fed, or what it gives. */
export type Tensors = Readonly<Record<string, Tensor>>;

/** Every {@link TensorType}, for checks at run time. */
export const tensorTypes = [
  'float32',
  'float64',
  'int64',
  'int32',
  'int8',
  'uint8',
  'bool',
] as const satisfies readonly TensorType[];

/** Number of elements of a tensor of this shape; 1 for a scalar. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
