import './config.ts';
import { AssayError } from '@assay/schema';
import { openNativeSession } from './native-session.ts';
import { toFailure, type Failure } from './session-fault.ts';
import type { SessionOptions } from './session-options.ts';
import type { Tensor, Tensors, TensorType } from './tensor.ts';

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
  const session = await withAssayErrors(openNativeSession(model, options));
  return { ...session, run: (feeds, outputs) => withAssayErrors(session.run(feeds, outputs)) };
}

/** The error for people that a failure stands for. */
export function toError({ code, detail }: Failure, cause?: unknown): AssayError {
  return new AssayError(code, detail, { cause });
}

async function withAssayErrors<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw toError(toFailure(error), error instanceof Error ? error.cause : error);
  }
}
