import { AssayError } from '@assay/schema';

/** The element types of ONNX tensors with the codes that files use (`TensorProto.DataType`). */
export const elementTypes = {
  float32: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float16: 10,
  float64: 11,
  uint32: 12,
  uint64: 13,
  complex64: 14,
  complex128: 15,
  bfloat16: 16,
  float8e4m3fn: 17,
  float8e4m3fnuz: 18,
  float8e5m2: 19,
  float8e5m2fnuz: 20,
  uint4: 21,
  int4: 22,
  float4e2m1: 23,
} as const;

/** The name of an element type. */
export type ElementType = keyof typeof elementTypes;

const names = new Map(
  Object.entries(elementTypes).map(([name, code]) => [code as number, name as ElementType]),
);

/**
 * The element type behind the code of a file.
 *
 * @throws AssayError `invalid-model` when no element type has this code.
 */
export function elementTypeOf(code: number | undefined): ElementType {
  const name = names.get(code ?? 0);
  if (name === undefined) {
    throw new AssayError(
      'invalid-model',
      `The tensor element type ${code ?? 'undefined'} is not one that ONNX defines.`,
    );
  }
  return name;
}
