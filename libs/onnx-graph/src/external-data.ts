import { AssayError } from '@assay/schema';
import type { StringStringEntryProto, TensorProto } from './messages.ts';

/** Where the bytes of a tensor lie outside the `.onnx` file. */
export interface ExternalLocation {
  /** Path relative to the folder of the model, as the exporter wrote it: check it before opening a file. */
  readonly location: string;
  /** First byte; 0 when the exporter gives none. */
  readonly offset: number;
  /** Number of bytes; to the end of the file when absent. */
  readonly length?: number;
}

/** Reads the bytes of an external tensor; opening files is the caller's affair. */
export type ReadExternal = (where: ExternalLocation) => Uint8Array;

const EXTERNAL = 1;

/**
 * Where the values of `tensor` are kept outside the model file, or `undefined` when they are inside.
 *
 * @throws AssayError `invalid-model` when the description of the place is incomplete.
 */
export function externalLocation(tensor: TensorProto): ExternalLocation | undefined {
  if (tensor.dataLocation !== EXTERNAL) return undefined;
  const entries = tensor.externalData ?? [];
  const location = valueOf(entries, 'location');
  const offset = Number(valueOf(entries, 'offset') ?? 0);
  const length = valueOf(entries, 'length');
  const sizes = length === undefined ? [offset] : [offset, Number(length)];
  if (location === undefined || sizes.some((size) => !Number.isSafeInteger(size) || size < 0)) {
    throw new AssayError(
      'invalid-model',
      `The tensor "${tensor.name ?? ''}" is kept outside the model, but its location, offset or length is not valid.`,
    );
  }
  return { location, offset, ...(length === undefined ? {} : { length: Number(length) }) };
}

function valueOf(entries: readonly StringStringEntryProto[], key: string): string | undefined {
  return entries.find((entry) => entry.key === key)?.value;
}
