import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { arch, cpus } from 'node:os';
import { dirname, join, parse, resolve } from 'node:path';
import { threadId } from 'node:worker_threads';
import type { InferenceSession } from 'onnxruntime-node';

type Factory = Pick<typeof InferenceSession, 'create'>;
type Native = InferenceSession.SessionOptions;

/** Where a model's graph is kept once it has been fitted to this machine. */
export interface OptimisedGraphs {
  readonly folder: string;
  /** Of ONNX Runtime: another version may fit graphs in another way. */
  readonly version: string;
}

/**
 * Opens a model by the graph that ONNX Runtime made of it the last time, which saves most of the work of loading. The
 * first time, and whenever model, processor or version are others, the graph is made and kept. A folder that cannot be
 * written, or a kept graph that does not load, costs the saving and nothing else.
 *
 * @throws what ONNX Runtime throws for a model that it cannot load
 */
export async function openOptimised(
  factory: Factory,
  model: string,
  { native, graphs }: { native: Native; graphs: OptimisedGraphs },
): Promise<InferenceSession> {
  const kept = await keptPath(model, native, graphs);
  if (kept === undefined) return factory.create(model, native);
  try {
    await stat(kept);
    return await factory.create(kept, { ...native, graphOptimizationLevel: 'disabled' });
  } catch {
    return makeAndKeep(factory, model, { native, kept });
  }
}

async function makeAndKeep(
  factory: Factory,
  model: string,
  { native, kept }: { native: Native; kept: string },
): Promise<InferenceSession> {
  const unfinished = `${kept}.${process.pid}-${threadId}.unfinished`;
  try {
    await mkdir(dirname(kept), { recursive: true });
    const session = await factory.create(model, { ...native, optimizedModelFilePath: unfinished });
    await rename(unfinished, kept);
    return session;
  } catch {
    await rm(unfinished, { force: true }).catch(() => undefined);
    return factory.create(model, native);
  }
}

/**
 * A place for each state of a model file, processor, version and level; undefined where there is no such model. The path
 * of the model is mirrored, since a hash would take longer than the saving of a small model.
 */
async function keptPath(model: string, native: Native, graphs: OptimisedGraphs): Promise<string | undefined> {
  const path = resolve(model);
  const file = await stat(path).catch(() => undefined);
  if (file === undefined) return undefined;
  const machine = [graphs.version, native.graphOptimizationLevel, arch(), cpus()[0]?.model].join(' ');
  const { root } = parse(path);
  return join(
    graphs.folder,
    machine.replaceAll(/[^A-Za-z0-9.]+/g, '-'),
    `${path.slice(root.length)}.${file.size}-${file.mtimeMs}.onnx`,
  );
}
