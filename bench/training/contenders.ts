import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { attribute, GraphBuilder } from '@assay/onnx-graph';
import { openSession, type Tensor } from '@assay/model-runtime';
import { seededRandom } from '@assay/random';
import { initialState, lossSpec, openStepRunner, optimiserSpec } from '@assay/training';
import { threeBlocks as network } from './networks.ts';

/** Something that can be run a number of times. */
export interface Contender {
  readonly name: string;
  /** @returns seconds */
  run(times: number): Promise<number>;
  close(): Promise<void>;
}

/** How wide the machine is used. */
export interface Setting {
  readonly batch: number;
  readonly threads: number;
}

/** Normal deviates, the same for the same seed. */
export function noise(seed: string, length: number): Float32Array<ArrayBuffer> {
  const random = seededRandom(seed);
  return Float32Array.from({ length }, () => random.normal());
}

async function timed(times: number, once: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  for (let i = 0; i < times; i++) await once();
  return (performance.now() - started) / 1000;
}

/** The training step of `@assay/training`. */
export async function assayStep({ batch, threads }: Setting): Promise<Contender> {
  const options = { network, optimiser: optimiserSpec.parse({ type: 'adam' }), average: false, seed: 1 };
  const runner = await openStepRunner(
    {
      ...options,
      batchSize: batch,
      loss: lossSpec.parse({ type: 'cross-entropy' }),
      threads,
      averageDecay: 0,
    },
    initialState(options),
  );
  const examples = noise('examples', batch * 32 * 32 * 3);
  const targets = new Float32Array(batch * 10);
  for (let item = 0; item < batch; item++) targets[item * 10 + (item % 10)] = 1;
  return {
    name: 'assay',
    run: (times) => timed(times, () => runner.step({ examples, targets }, 1e-3)),
    close: () => runner.close(),
  };
}

/**
 * The matrix products that the step cannot do without, and nothing else: each convolution forward, for its weights
 * and (but the first) for its input. A yardstick that every machine has.
 */
export async function matrixProducts({ batch, threads }: Setting): Promise<Contender> {
  const graph = new GraphBuilder({ name: 'yardstick' });
  const feeds: Record<string, Tensor> = {};
  let last = 32 * 32;
  let channels = 3;
  for (const [index, filters] of [32, 64, 128].entries()) {
    const rows = batch * last;
    const taps = 9 * channels;
    const feed = (name: string, shape: [number, number]) => {
      feeds[name] = { type: 'float32', shape, data: noise(name, shape[0] * shape[1]) };
      return graph.input(name, shape);
    };
    const columns = feed(`columns_${index}`, [rows, taps]);
    const weight = feed(`weight_${index}`, [taps, filters]);
    const upstream = feed(`upstream_${index}`, [rows, filters]);
    const product = (type: string, inputs: string[], transposed: 'transA' | 'transB' | undefined) => {
      const attributes = transposed ? { [transposed]: attribute.int(1) } : {};
      // Only one number leaves the graph, so that nothing but the products is timed.
      const result = graph.op(type, inputs, attributes);
      const corner = graph.op('Slice', [result, graph.ints([0, 0]), graph.ints([1, 1]), graph.ints([0, 1])]);
      graph.output(corner, [1, 1]);
    };
    product('MatMul', [columns, weight], undefined);
    product('Gemm', [columns, upstream], 'transA');
    if (index > 0) product('Gemm', [upstream, weight], 'transB');
    last /= 4;
    channels = filters;
  }
  const session = await openSession(graph.build(), { threads });
  return {
    name: 'matrix products alone',
    run: (times) => timed(times, () => session.run(feeds)),
    close: () => session.close(),
  };
}

/** The same step in Debian's PyTorch, or undefined where it is not installed. */
export function torchStep({ batch, threads }: Setting): Contender | undefined {
  const python = ['/usr/bin/python3', 'python3'].find(
    (candidate) => spawnSync(candidate, ['-c', 'import torch']).status === 0,
  );
  if (python === undefined) return undefined;
  const script = new URL('./torch_step.py', import.meta.url).pathname;
  const child = spawn(python, [script, String(batch), String(threads)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, OMP_NUM_THREADS: String(threads) },
  });
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    name: 'PyTorch, channels last',
    async run(times) {
      child.stdin.write(`${times}\n`);
      return Number((await answers.next()).value);
    },
    async close() {
      child.stdin.end();
      await new Promise((resolve) => child.once('exit', resolve));
    },
  };
}
