import { AssayError } from '@assay/schema';

/** All that a training step carries to the next one. */
export interface TrainingState {
  /** Steps done so far. */
  readonly step: number;
  /** Flat vectors by name: `parameters`, `statistics`, `moment_1`, `moment_2`, `average_parameters`, `average_statistics`, `mask`. */
  readonly vectors: Readonly<Record<string, Float32Array<ArrayBuffer>>>;
}

const magic = 'assay-training-state-1\n';

/**
 * Serialises a state bit for bit: a line that names the format, a line of JSON that lists step and vectors, then
 * their float32 values, little-endian, in that order.
 */
export function serialiseState(state: TrainingState): Uint8Array {
  const vectors = Object.entries(state.vectors).map(([name, values]) => ({ name, length: values.length }));
  const header = new TextEncoder().encode(`${magic}${JSON.stringify({ step: state.step, vectors })}\n`);
  const bytes = new Uint8Array(header.length + vectors.reduce((sum, { length }) => sum + 4 * length, 0));
  bytes.set(header);
  let offset = header.length;
  for (const values of Object.values(state.vectors)) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), offset);
    offset += values.byteLength;
  }
  return bytes;
}

/** Reads what {@link serialiseState} wrote. @throws AssayError `training-failed` for anything else. */
export function parseState(bytes: Uint8Array): TrainingState {
  const damaged = (why: string) =>
    new AssayError(
      'training-failed',
      `This is not a complete training state: ${why}. Use an earlier checkpoint.`,
    );
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, Math.min(bytes.length, 4096)));
  if (!text.startsWith(magic)) throw damaged('its first line is another one');
  const end = text.indexOf('\n', magic.length);
  if (end < 0) throw damaged('its header is cut off');
  const header = JSON.parse(text.slice(magic.length, end)) as {
    step: number;
    vectors: { name: string; length: number }[];
  };
  let offset = end + 1;
  const expected = offset + header.vectors.reduce((sum, { length }) => sum + 4 * length, 0);
  if (expected !== bytes.length) throw damaged(`expected ${expected} bytes, received ${bytes.length}`);
  const vectors: Record<string, Float32Array<ArrayBuffer>> = {};
  for (const { name, length } of header.vectors) {
    // Not `bytes.slice`, which shares memory where the bytes are a Buffer.
    const copy = new Uint8Array(4 * length);
    copy.set(bytes.subarray(offset, offset + copy.length));
    vectors[name] = new Float32Array(copy.buffer);
    offset += 4 * length;
  }
  return { step: header.step, vectors };
}
