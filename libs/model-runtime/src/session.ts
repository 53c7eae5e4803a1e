import './config.ts';
import { AssayError } from '@assay/schema';
import type { InferenceSession, OnnxValue } from 'onnxruntime-node';
import { nativeSessionOptions, type SessionOptions } from './session-options.ts';
import { tensorTypes, type Tensor, type Tensors, type TensorType } from './tensor.ts';

/** What a graph says of one of its inputs. */
export interface SessionInput {
  readonly name: string;
  /** Sizes; a string names a size that may vary. */
  readonly shape: readonly (number | string)[];
  /** ONNX Runtime's name of the element type; `unknown` for sequences and maps. */
  readonly type: TensorType | (string & {});
}

/** A loaded ONNX graph. It runs in the thread that opened it and blocks that thread meanwhile. */
export interface Session {
  readonly inputs: readonly SessionInput[];
  /** Names of all that the graph can give. */
  readonly outputs: readonly string[];
  /**
   * Runs the graph once. Feeds are read in place and stay the caller's; what comes back is the caller's too
   * and is not written to again.
   *
   * @param feeds one tensor per input, on an ArrayBuffer (ONNX Runtime refuses a SharedArrayBuffer)
   * @param outputs names to hand back, which saves copying the others (ONNX Runtime computes them all
   *   the same). Default: all
   * @throws AssayError `internal` where feeds or outputs do not fit the graph, or the run fails
   */
  run(feeds: Tensors, outputs?: readonly string[]): Promise<Record<string, Tensor>>;
  /** Frees the graph and its weights. */
  close(): Promise<void>;
}

/**
 * Opens an ONNX model in this thread, with ONNX Runtime on the CPU. Opening and running block the thread, so
 * call it from a worker thread; `openModelPool` does that for servers.
 *
 * @param model the serialised model, or the path of its file
 * @throws AssayError `invalid-model` where ONNX Runtime cannot load it
 */
export async function openSession(
  model: Uint8Array | string,
  options: SessionOptions = {},
): Promise<Session> {
  // Loaded here and not by a static import: a thread that only imports types or the pool stays light.
  const runtime = await import('onnxruntime-node');
  const native = await load(runtime.InferenceSession, model, options);
  const inputs = native.inputMetadata.map(describeInput);
  const outputs = [...native.outputNames];

  return {
    inputs,
    outputs,
    async run(feeds, names) {
      if (names !== undefined && names.length === 0) return {};
      const nativeFeeds: Record<string, OnnxValue> = {};
      try {
        for (const name in feeds) {
          const tensor = feeds[name] as Tensor;
          nativeFeeds[name] = new runtime.Tensor(tensor.type, tensor.data, tensor.shape);
        }
        const results = await (names === undefined
          ? native.run(nativeFeeds)
          : native.run(nativeFeeds, names));
        return plainTensors(results);
      } catch (cause) {
        if (cause instanceof AssayError) throw cause;
        throw new AssayError('internal', `The model could not be run on ${describe(feeds)}: ${text(cause)}`, {
          cause,
        });
      }
    },
    close: () => native.release(),
  };
}

async function load(
  factory: typeof InferenceSession,
  model: Uint8Array | string,
  options: SessionOptions,
): Promise<InferenceSession> {
  const native = nativeSessionOptions(options);
  try {
    return await (typeof model === 'string' ? factory.create(model, native) : factory.create(model, native));
  } catch (cause) {
    const subject = typeof model === 'string' ? `the file "${model}"` : `these ${model.byteLength} bytes`;
    throw new AssayError('invalid-model', `ONNX Runtime cannot load ${subject} as a model: ${text(cause)}`, {
      cause,
    });
  }
}

function describeInput(value: InferenceSession.ValueMetadata): SessionInput {
  return value.isTensor
    ? { name: value.name, shape: [...value.shape], type: value.type }
    : { name: value.name, shape: [], type: 'unknown' };
}

function plainTensors(results: InferenceSession.OnnxValueMapType): Record<string, Tensor> {
  const tensors: Record<string, Tensor> = {};
  for (const name in results) {
    const { type, dims, data } = results[name] as OnnxValue;
    if (!(tensorTypes as readonly string[]).includes(type)) {
      throw new AssayError(
        'internal',
        `Output "${name}" has elements of type ${type}; expected one of ${tensorTypes.join(', ')}. ` +
          'Name the outputs that are wanted to leave it out.',
      );
    }
    tensors[name] = { type, shape: dims, data } as Tensor;
  }
  return tensors;
}

function describe(feeds: Tensors): string {
  const parts = Object.entries(feeds).map(
    ([name, { type, shape }]) => `${name}: ${type}[${shape.join(',')}]`,
  );
  return `{ ${parts.join(', ')} }`;
}

function text(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
