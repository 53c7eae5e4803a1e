/**
 * What evidence and stability of an image cost: milliseconds until they are there, CPU of this process, and how long its main thread is held.
 *
 *   node bench/image-checks.ts [--runs 5] [--large 12]
 *
 * Evidence: files with nothing, with EXIF-like texts, and signed; the first signed file loads the C2PA library. Stability: twelve changes of an image
 * of 0.3 and of `--large` megapixels, with a model that costs nothing: what is left is the changing itself. The best of the runs counts.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { readPackage } from '@assay/model-registry';
import { createStabilityCheck, openClassifier } from '@assay/prediction';
import { encodeImage } from '@assay/preprocessing';
import { createEvidenceReader } from '@assay/provenance';
import { seededRandom } from '@assay/random';
import { makeTestSigner, makeTinyPackage, signImage, textChunk, withChunks } from '@assay/testing';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, large: { type: 'string', default: '12' } },
});
const runs = Number(values.runs);
const write = (line: string) => process.stdout.write(`${line}\n`);

/** Time, CPU and longest hold of the main thread, milliseconds; the best of the runs. Evidence is read in another process. */
async function measure(name: string, times: number, work: () => Promise<unknown>): Promise<void> {
  let best = { time: Infinity, cpu: Infinity, held: Infinity };
  for (let run = 0; run < times; run++) {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const before = process.cpuUsage();
    const start = performance.now();
    await work();
    const time = performance.now() - start;
    const { user, system } = process.cpuUsage(before);
    delay.disable();
    const cpu = (user + system) / 1000;
    if (time < best.time) best = { time, cpu, held: delay.max / 1e6 };
  }
  const [time, cpu, held] = [best.time, best.cpu, best.held].map((value) => value.toFixed(1).padStart(8));
  write(`${name.padEnd(44)} ${time} ms   CPU ${cpu} ms   held ${held} ms`);
}

/** A photograph's worth of detail: smooth shapes with grain. */
async function photo(width: number, height: number, format: 'jpeg' | 'png') {
  const random = seededRandom('photo', width);
  const data = new Uint8Array(width * height * 3);
  for (let at = 0; at < data.length; at++) {
    const x = (at / 3) % width;
    data[at] = 128 + 60 * Math.sin(x / 40) + random.integer(12);
  }
  return encodeImage({ width, height, channels: 3, data }, format);
}

const small = await photo(640, 480, 'jpeg');
const png = await photo(640, 480, 'png');
const signed = await signImage(small, { format: 'jpeg', signer: makeTestSigner() });
const texts = withChunks(
  png,
  textChunk('parameters', 'a cat\nSteps: 20, Seed: 7'),
  textChunk('Software', 'GIMP 2.10'),
);

const reader = createEvidenceReader();
await measure('evidence: first file, starts the process', 1, () => reader.read(small));
await measure('evidence: first signed file, loads C2PA', 1, () => reader.read(signed));
await measure(`evidence: nothing in it, ${small.length} bytes`, runs, () => reader.read(small));
await measure(`evidence: texts of a PNG, ${texts.length} bytes`, runs, () => reader.read(texts));
await measure(`evidence: signed, ${signed.length} bytes`, runs, () => reader.read(signed));

const folder = await mkdtemp(join(tmpdir(), 'image-checks-'));
await makeTinyPackage(folder);
const classifier = await openClassifier(await readPackage(folder));
const stability = createStabilityCheck();
const side = Math.round(Math.sqrt(Number(values.large) * 1e6));
for (const [name, bytes, times] of [
  ['0.3 megapixels', small, runs],
  [`${values.large} megapixels`, await photo(side, side, 'jpeg'), 1],
] as const) {
  const { answer } = await classifier.classify({ bytes });
  await measure(`stability: ${name}`, times, () => stability.check(classifier, { bytes, answer }));
}
await classifier.close();
await rm(folder, { recursive: true });
