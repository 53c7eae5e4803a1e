/**
 * Preprocessing of one image, from JPEG bytes to 224 pixels: decoding, then bilinear resampling by plain TypeScript, by the SIMD
 * kernels (the same bytes) and by libvips (close); and what else is done to each image. Rounds take turns; lower quartiles.
 */
import { augmentationSpec, imagePreprocessingSpec } from '@assay/schema';
import {
  augment,
  decodeImage,
  encodeImage,
  imageToViews,
  measureImage,
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
