import type * as Runtime from 'onnxruntime-node';
import type { InferenceSession, OnnxValue } from 'onnxruntime-node';
import { openOptimised } from './optimised-graph.ts';
import { SessionFault } from './session-fault.ts';
import { nativeSessionOptions, type SessionOptions } from './session-options.ts';
import type { Session, SessionInput } from './session.ts';
import { tensorTypes, type Tensor, type Tensors } from './tensor.ts';

/**
 * As `openSession`, but for a thread without `@assay/schema`.
 *
 * @throws SessionFault
 */
export async function openNativeSession(
  model: Uint8Array | string,
  options: SessionOptions,
): Promise<Session> {
  // Loaded here and not by a static import: a thread that only imports types or the pool stays light.
  const runtime = await import('onnxruntime-node');
  const native = await load(runtime, model, options);
  const inputs = native.inputMetadata.map(describeInput);
  const outputs = [...native.outputNames];

  return {
    inputs,
    outputs,
    async run(feeds, names) {
      if (names?.length === 0) return {};
      const nativeFeeds: Record<string, OnnxValue> = {};
      try {
        for (const name in feeds) {
          const tensor = feeds[name]!;
          nativeFeeds[name] = new runtime.Tensor(tensor.type, tensor.data, tensor.shape);
        }
        const results = await (names === undefined
          ? native.run(nativeFeeds)
          : native.run(nativeFeeds, names));
        return plainTensors(results);
      } catch (cause) {
        if (cause instanceof SessionFault) throw cause;
        throw new SessionFault(
          'internal',
          `The model could not be run on ${describe(feeds)}: ${text(cause)}`,
          {
            cause,
          },
        );
      }
    },
    async close() {
      if (options.profile !== undefined) native.endProfiling();
      await native.release();
    },
  };
}

async function load(
  { InferenceSession: factory, env }: Pick<typeof Runtime, 'InferenceSession' | 'env'>,
  model: Uint8Array | string,
  options: SessionOptions,
): Promise<InferenceSession> {
  const native = nativeSessionOptions(options);
  const folder = options.optimisedGraphs;
  try {
    if (typeof model !== 'string') return await factory.create(model, native);
    if (folder === undefined) return await factory.create(model, native);
    const graphs = { folder, version: env.versions.node ?? '' };
    return await openOptimised(factory, model, { native, graphs });
  } catch (cause) {
    const subject = typeof model === 'string' ? `the file "${model}"` : `these ${model.byteLength} bytes`;
    throw new SessionFault(
      'invalid-model',
      `ONNX Runtime cannot load ${subject} as a model: ${text(cause)}`,
      {
        cause,
      },
    );
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
    const { type, dims, data } = results[name]!;
    if (!(tensorTypes as readonly string[]).includes(type)) {
      throw new SessionFault(
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
