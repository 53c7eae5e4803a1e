/**
 * What it costs a training step that its images are decoded and augmented while it runs: the same steps on one batch
 * again and again, on batches made before each step (inline), made in the main thread while the step runs (ahead), and
 * made by threads (loading.threads).
 *
 *   node bench/loading.ts [--threads 2] [--rounds 4] [--seconds 3]
 *
 * Three settings, on images painted here: 32 pixels with crop and flip; 256 pixels with JPEG and colour; the same
 * where no decoded pixels are kept, so that every image is decoded anew. The ways take turns, and the best round of
 * each counts. "waits" is the share of the time in which the step stood still for want of a batch.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { encodeImage } from '@assay/preprocessing';
import { seededRandom } from '@assay/random';
import { augmentationSpec } from '@assay/schema';
import { initialState, lossSpec, networkSpec, openTrainer, optimiserSpec } from '@assay/training';
import type { BatchSource } from '../apps/trainer/src/batches/batch-source.ts';
import { imageBatches, type ImageBatchOptions } from '../apps/trainer/src/batches/image-batches.ts';
import { loadAhead, type AheadLoader } from '../apps/trainer/src/batches/load-ahead.ts';
import { threadedBatches } from '../apps/trainer/src/batches/threaded-batches.ts';
import { cacheImages, openCache } from '../apps/trainer/src/data/image-cache.ts';
import { digestSamples } from '../apps/trainer/src/data/digest.ts';

const { values } = parseArgs({
  options: {
    threads: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '4' },
    seconds: { type: 'string', default: '3' },
  },
});
const folder = resolve(import.meta.dirname, '../.assay/bench/loading');
const labels = 10;
const manyEpochs = 1e6;
const depth = 2;
const write = (line: string) => process.stdout.write(`${line}\n`);

interface Setting {
  name: string;
  side: number;
  images: number;
  batchSize: number;
  /** Output channels of the blocks conv-bn-relu-pool. */
  blocks: number[];
  /** Stride of the first convolution. */
  stride: number;
  augmentations: unknown[];
  cacheMegabytes: number;
}

const large = {
  side: 256,
  images: 192,
  batchSize: 32,
  blocks: [16, 32, 64, 128],
  stride: 2,
  augmentations: [
    { type: 'jpeg', quality: [50, 95], probability: 0.25 },
    { type: 'crop', width: 256, height: 256, padding: 4 },
    { type: 'flip' },
    { type: 'colour-jitter', brightness: 0.1, contrast: 0.1, saturation: 0.1 },
  ],
};
const settings: Setting[] = [
  {
    name: '32 px, crop and flip, batch 128',
    side: 32,
    images: 2048,
    batchSize: 128,
    blocks: [32, 64, 128],
    stride: 1,
    augmentations: [{ type: 'crop', width: 32, height: 32, padding: 4 }, { type: 'flip' }],
    cacheMegabytes: 100,
  },
  { name: '256 px, JPEG, crop, flip and colour, batch 32', ...large, cacheMegabytes: 100 },
  { name: '256 px, the same, nothing kept in memory', ...large, cacheMegabytes: 0 },
];

async function paintImages({ side, images }: Setting) {
  const place = join(folder, `${side}`);
  mkdirSync(place, { recursive: true });
  const random = seededRandom('loading', side);
  const listed = [];
  for (let index = 0; index < images; index++) {
    const data = new Uint8Array(side * side * 3);
    const waves = Array.from({ length: 6 }, () => random.between(0.01, 0.4));
    for (let at = 0; at < data.length; at++) {
      const [x, y, c] = [Math.floor(at / 3) % side, Math.floor(at / 3 / side), at % 3];
      data[at] = 128 + 60 * Math.sin(waves[c]! * x) + 50 * Math.cos(waves[c + 3]! * y) + random.integer(16);
    }
    const path = join(place, `${index}.jpg`);
    writeFileSync(path, await encodeImage({ width: side, height: side, channels: 3, data }, 'jpeg'));
    listed.push({ kind: 'image' as const, path, label: `${index % labels}` });
  }
  return (await digestSamples(listed)).samples;
}

async function openStep({ side, batchSize, blocks, stride }: Setting) {
  const network = networkSpec.parse({
    input: { kind: 'image', height: side, width: side, channels: 3 },
    layers: [
      ...blocks.flatMap((channels, index) => [
        { type: 'conv', channels, stride: index === 0 ? stride : 1 },
        { type: 'batch-norm' },
        { type: 'relu' },
        { type: 'max-pool' },
      ]),
      { type: 'global-average-pool' },
      { type: 'linear', units: labels },
    ],
  });
  const options = { network, optimiser: optimiserSpec.parse({ type: 'adam' }), average: false, seed: 1 };
  const loss = lossSpec.parse({ type: 'cross-entropy' });
  const threads = Number(values.threads);
  return openTrainer({ ...options, batchSize, loss, threads, averageDecay: 0 }, initialState(options));
}

/** Makes a batch only when it is asked for. */
function inline(source: BatchSource): AheadLoader {
  let next = 0;
  const batch = () => source.batch(Math.floor(next / source.stepsPerEpoch), next++ % source.stepsPerEpoch);
  return { take: batch, fill: () => undefined };
}

for (const setting of settings) {
  const samples = await paintImages(setting);
  const classes = Int32Array.from(samples, ({ label }) => Number(label));
  const options: ImageBatchOptions = {
    view: {
      width: setting.side,
      height: setting.side,
      augmentations: setting.augmentations.map((one) => augmentationSpec.parse(one)),
    },
    normalise: { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
    labels,
    batchSize: setting.batchSize,
    seed: 1,
  };
  const { images } = await cacheImages(
    samples,
    { decode: { autoOrient: true, icc: false, background: [255, 255, 255], colour: 'rgb' } },
    { budget: { remaining: setting.cacheMegabytes * 1e6 } },
  );
  const here = imageBatches(openCache(images), classes, options);
  const threaded = [1, 2].map((threads) => threadedBatches({ images, classes, options }, threads));
  const constant = await here.batch(0, 0);
  const ahead = (source: BatchSource) => loadAhead(source, { epoch: 0, step: 0, epochs: manyEpochs, depth });
  const ways: { name: string; loader: AheadLoader }[] = [
    {
      name: 'step alone',
      loader: {
        take: () =>
          Promise.resolve({ examples: constant.examples.slice(), targets: constant.targets.slice() }),
        fill: () => undefined,
      },
    },
    { name: 'inline', loader: inline(here) },
    { name: 'ahead, main thread', loader: ahead(here) },
    ...threaded.map((source, index) => ({ name: `ahead, threads: ${index + 1}`, loader: ahead(source) })),
  ];
  const trainer = await openStep(setting);
  const best = ways.map(() => ({ speed: 0, waits: 0 }));
  for (let round = 0; round <= Number(values.rounds); round++) {
    for (const [index, { loader }] of ways.entries()) {
      const began = performance.now();
      let [waited, steps, took] = [0, 0, 0];
      // The first round only warms up.
      while (took < (round === 0 ? 0.3 : Number(values.seconds)) * 1000) {
        const asked = performance.now();
        const batch = await loader.take();
        waited += performance.now() - asked;
        const running = trainer.step(batch, 1e-4);
        loader.fill();
        await running;
        steps++;
        took = performance.now() - began;
      }
      const speed = (steps * setting.batchSize * 1000) / took;
      if (round > 0 && speed > best[index]!.speed) best[index] = { speed, waits: waited / took };
    }
  }
  await trainer.close();
  await Promise.all(threaded.map((source) => source.close()));
  write(
    `${setting.name}; step of ${values.threads} threads, ${cpus().length} × ${cpus()[0]?.model ?? 'core'}`,
  );
  const alone = best[0]!.speed;
  for (const [index, { name }] of ways.entries()) {
    const { speed, waits } = best[index]!;
    write(
      `  ${name.padEnd(20)} ${speed.toFixed(0).padStart(6)} img/s, ${((100 * speed) / alone).toFixed(0).padStart(3)} % of the step alone; waits ${(100 * waits).toFixed(1)} %`,
    );
  }
}
