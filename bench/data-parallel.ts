/**
 * Examples per second of replicas that share the cores, beside one session that has them all.
 *
 *   node bench/data-parallel.ts [--threads 2] [--rounds 8] [--seconds 1]
 *
 * For each network: one session with `threads` threads inside its operators, and `threads` replicas of one thread, each
 * on its part of the batch. They take turns; the best round of each counts, since other work on the machine only ever
 * adds time. A round lasts about `seconds`.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { initialState, lossSpec, type NetworkSpec, openTrainer, optimiserSpec } from '@assay/training';
import { noise } from './training/contenders.ts';
import { cifar10, perceptron, threeBlocks } from './training/networks.ts';

const { values } = parseArgs({
  options: {
    threads: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '8' },
    seconds: { type: 'string', default: '1' },
  },
});
const threads = Number(values.threads);
const write = (line: string) => process.stdout.write(`${line}\n`);

interface Contender {
  /** @returns Seconds for so many steps. */
  run(steps: number): Promise<number>;
  close(): Promise<void>;
}

async function contender(
  network: NetworkSpec,
  setting: { batch: number; dataParallel: number },
): Promise<Contender> {
  const { batch, dataParallel } = setting;
  const options = { network, optimiser: optimiserSpec.parse({ type: 'adam' }), average: false, seed: 1 };
  const trainer = await openTrainer(
    {
      ...options,
      batchSize: batch,
      loss: lossSpec.parse({ type: 'cross-entropy' }),
      threads,
      averageDecay: 0,
      dataParallel,
    },
    initialState(options),
  );
  const { input } = network;
  const size = input.kind === 'image' ? input.height * input.width * input.channels : input.size;
  const examples = noise('examples', batch * size);
  const targets = new Float32Array(batch * 10);
  for (let row = 0; row < batch; row++) targets[row * 10 + (row % 10)] = 1;
  return {
    async run(steps) {
      const began = performance.now();
      for (let step = 0; step < steps; step++)
        await trainer.step({ examples: examples.slice(), targets: targets.slice() }, 1e-3);
      return (performance.now() - began) / 1000;
    },
    close: () => trainer.close(),
  };
}

async function compare(name: string, network: NetworkSpec, batch: number): Promise<void> {
  const contenders = [
    await contender(network, { batch, dataParallel: 1 }),
    await contender(network, { batch, dataParallel: threads }),
  ];
  for (const one of contenders) await one.run(3);
  const steps = Math.max(3, Math.ceil(Number(values.seconds) / ((await contenders[0]!.run(3)) / 3)));
  const best = contenders.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < Number(values.rounds); round++)
    for (const [index, one] of contenders.entries())
      best[index] = Math.min(best[index]!, await one.run(steps));
  const [alone = 0, together = 0] = best.map((seconds) => (batch * steps) / seconds);
  write(
    `${name}, batch ${batch}: one session ${alone.toFixed(0)}/s, replicas ${together.toFixed(0)}/s, ` +
      `ratio ${(together / alone).toFixed(2)}`,
  );
  for (const one of contenders) await one.close();
}

write(`${threads} threads, ${cpus()[0]?.model ?? ''}`);
await compare('three blocks', threeBlocks, 64);
await compare('three blocks', threeBlocks, 128);
await compare('cifar10', cifar10, 64);
await compare('perceptron 12-64-32', perceptron(12, [64, 32]), 64);
await compare('perceptron 784-512-512', perceptron(784, [512, 512]), 128);
