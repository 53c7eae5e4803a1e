/**
 * Preprocessing of one image, from JPEG bytes to 224 pixels: decoding, then bilinear resampling by plain TypeScript, by the SIMD
 * kernels (the same bytes) and by libvips (close); and what else is done to each image. Rounds take turns; lower quartiles. Then how
 * long a server's event loop is held by large images.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { augmentationSpec, imagePreprocessingSpec } from '@assay/schema';
import {
  augment,
  decodeImage,
  encodeImage,
  imageToViews,
  measureImage,
  preprocessImage,
  resizeImage,
  type DecodedImage,
  type Pixels,
} from '@assay/preprocessing';
import { seededRandom } from '@assay/random';
import { kernels, makeTaps } from '../libs/preprocessing/src/resample-filters.ts';
import { resampleColumnsPlain, resampleRowsPlain } from '../libs/preprocessing/src/resample-plain.ts';
import { resampleColumnsWasm, resampleRowsWasm } from '../libs/preprocessing/src/resample-wasm.ts';

const ROUNDS = 15;
const SIDE = 224;

const spec = imagePreprocessingSpec.parse({
  kind: 'image',
  resize: { mode: 'stretch', width: SIDE, height: SIDE },
  crop: { mode: 'none' },
  normalise: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
});
const fast = { mode: 'stretch', width: SIDE, height: SIDE, filter: 'bilinear', engine: 'libvips' } as const;

/** A smooth scene with some grain, so that decoding costs about what a photograph's does. */
function scene(width: number, height: number): Pixels {
  const random = seededRandom('scene');
  const data = new Uint8ClampedArray(width * height * 3);
  for (let at = 0; at < data.length; at++) {
    const x = Math.floor(at / 3) % width;
    const y = Math.floor(at / (3 * width));
    data[at] = 128 + 80 * Math.sin(x / 37 + (at % 3)) * Math.cos(y / 53) + 10 * random.normal();
  }
  return { width, height, channels: 3, data: new Uint8Array(data.buffer) };
}

/** Plain or SIMD: the two passes alone. */
function resampleWith(
  image: Pixels,
  columns: typeof resampleColumnsWasm,
  rows: typeof resampleRowsWasm,
): void {
  const x = makeTaps(kernels.bilinear, { from: image.width, to: SIDE });
  const y = makeTaps(kernels.bilinear, { from: image.height, to: SIDE });
  const source = { width: image.width, rows: image.height, channels: image.channels, data: image.data };
  const data = columns(source, x);
  if (data !== undefined) rows({ ...source, width: SIDE, data }, y, 0);
}

type Job = () => unknown;

/** Lower quartile of the milliseconds of each job; jobs take turns so that all see the same machine. */
async function measure<Name extends string>(jobs: Record<Name, Job>): Promise<Record<Name, number>> {
  const entries = Object.entries<Job>(jobs);
  const times = new Map<string, number[]>(entries.map(([name]) => [name, []]));
  for (let round = -3; round < ROUNDS; round++) {
    for (const [name, job] of entries) {
      const start = performance.now();
      await job();
      if (round >= 0) times.get(name)?.push(performance.now() - start);
    }
  }
  const quartiles = [...times].map(([name, list]) => [
    name,
    list.sort((a, b) => a - b)[list.length >> 2] ?? NaN,
  ]);
  return Object.fromEntries(quartiles) as Record<Name, number>;
}

function print(label: string, ms: number, note = ''): void {
  process.stdout.write(`  ${label.padEnd(34)} ${ms.toFixed(2).padStart(8)} ms  ${note}\n`);
}

for (const [width, height] of [
  [256, 256],
  [600, 450],
  [2725, 2225],
] as const) {
  const bytes = await encodeImage(scene(width, height), 'jpeg', { quality: 85 });
  const image: DecodedImage = await decodeImage(bytes, { spec });
  const t = await measure({
    decode: () => decodeImage(bytes, { spec }),
    plain: () => resampleWith(image, resampleColumnsPlain, resampleRowsPlain),
    simd: () => resampleWith(image, resampleColumnsWasm, resampleRowsWasm),
    libvips: () => resizeImage(image, fast),
    views: () => imageToViews(image, spec),
    properties: () => measureImage(image),
  });
  process.stdout.write(`\n${width} × ${height}, ${(bytes.length / 1024).toFixed(0)} KiB\n`);
  print('decode (libvips)', t.decode);
  print('resample, plain TypeScript', t.plain);
  print('resample, SIMD', t.simd, `${(t.simd / t.plain).toFixed(2)} of plain`);
  print('resample, libvips engine', t.libvips, `${(t.libvips / t.plain).toFixed(2)} of plain`);
  print('resample, crop and normalise (SIMD)', t.views);
  print('image properties', t.properties);
  const [before, after] = [t.decode + t.plain, t.decode + t.simd];
  print('decode + resample', after, `${(after / before).toFixed(2)} of plain`);
}

const face = scene(256, 256);
const list = [
  { type: 'crop', width: 128, height: 128 },
  { type: 'flip', probability: 1 },
  { type: 'colour-jitter', brightness: 0.2, contrast: 0.2, saturation: 0.2 },
  { type: 'rotate', degrees: 10 },
  { type: 'resize', scale: [0.8, 0.9] },
  { type: 'blur', sigma: [1, 1] },
  { type: 'noise', sigma: [5, 5] },
  { type: 'jpeg', quality: [70, 90] },
].map((entry) => augmentationSpec.parse(entry));
const crop = list.slice(0, 2);
const jobs = { 'crop + flip': () => augment(face, crop, seededRandom(1)) } as Record<string, Job>;
const patch = await augment(face, crop, seededRandom(1));
for (const one of list.slice(2)) jobs[one.type] = () => augment(patch, [one], seededRandom(1));
process.stdout.write('\nAugmentation: crop of 256 × 256 to 128 × 128, the others on the 128 × 128\n');
for (const [name, ms] of Object.entries(await measure(jobs))) print(name, ms);

/** What a server sees of 20 requests, 4 at a time: how late its timers are, and what its main thread does. */
async function holdUp(request: () => Promise<DecodedImage>): Promise<string> {
  const free = ({ data }: DecodedImage) => (data.buffer as ArrayBuffer).transfer(0);
  for (let i = 0; i < 3; i++) free(await request());
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const cpu = process.threadCpuUsage();
  delay.enable();
  let left = 20;
  const client = async () => {
    while (left-- > 0) free(await request());
  };
  await Promise.all([client(), client(), client(), client()]);
  delay.disable();
  const { user, system } = process.threadCpuUsage(cpu);
  const ms = (nanoseconds: number) => (nanoseconds / 1e6).toFixed(0).padStart(4);
  return `${((user + system) / 20_000).toFixed(1).padStart(6)}    p99 ${ms(delay.percentile(99))}, longest ${ms(delay.max)}`;
}

const centre = imagePreprocessingSpec.parse({
  ...spec,
  resize: { mode: 'shortest-side', size: 256 },
  crop: { mode: 'centre', width: SIDE, height: SIDE },
});
const grey = imagePreprocessingSpec.parse({
  ...centre,
  colour: 'grey',
  normalise: { mean: [0.5], std: [0.5] },
});
process.stdout.write('\nMain thread, ms: CPU an image, delay of the event loop (1 when idle)\n');
for (const [width, height] of [
  [640, 480],
  [4000, 3000],
  [5656, 4242],
] as const) {
  const bytes = await encodeImage(scene(width, height), 'jpeg', { quality: 85 });
  for (const one of [centre, grey]) {
    const here = async () => {
      const image = await decodeImage(bytes, { spec: one });
      imageToViews(image, one);
      return image;
    };
    const label = `${width} × ${height} ${one.colour}`;
    process.stdout.write(`  ${label}, all on it`.padEnd(37) + `${await holdUp(here)}\n`);
    const served = await holdUp(async () => (await preprocessImage(bytes, one)).image);
    process.stdout.write(`  ${label}, preprocessImage`.padEnd(37) + `${served}\n`);
  }
}
