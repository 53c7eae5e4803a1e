import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeImage, type DecodedImage, type DecodeSpec } from '@assay/preprocessing';
import { AssayError } from '@assay/schema';
import { openData } from '../data/archive.ts';
import { forEachConcurrently } from '../data/concurrently.ts';
import { refuseFaults } from '../data/dataset-error.ts';
import { labelsOf } from '../data/labels.ts';
import { readFolders } from '../data/read-folders.ts';
import type { ListedImage } from '../data/sample.ts';

/** What a folder of labelled images holds, as far as a first recipe needs it. */
export interface ImageFacts {
  labels: string[];
  count: number;
  /** Folders with parts, where it comes parted. */
  parts: { train?: string; test?: string };
  /** Median of the shorter sides, pixels. */
  side: number;
  /** Whether every image that was looked at is as wide as high. */
  square: boolean;
  /** Whether none of them has a colour. */
  grey: boolean;
  /** Of the bytes / 255, by channel: one where `grey`, else three. */
  mean: number[];
  std: number[];
}

/** Images that are opened: sizes and colours of a set settle early. */
const looked = 200;
/** Fewer images of a label cannot be in all of training, validation and test. */
const leastOfLabel = 3;

const decode: DecodeSpec = { autoOrient: true, icc: false, background: [255, 255, 255], colour: 'rgb' };

/**
 * Looks at a folder (or archive) with a folder of images per label, or with `train` and `test` that hold such.
 *
 * @throws AssayError `invalid-dataset` that lists every fault
 */
export async function lookAtImages(path: string, state: string): Promise<ImageFacts> {
  const root = await openData(path, state);
  const parts = partsOf(root);
  const { samples, faults } = await readFolders(root, parts);
  const labels = labelsOf(samples);
  for (const label of labels) {
    const found = samples.filter((sample) => sample.label === label).length;
    if (found < leastOfLabel)
      faults.push(
        `label "${label}" has ${found} image(s); expected at least ${leastOfLabel}, to train, validate and test on`,
      );
  }
  if (labels.length < 2) faults.push(`expected at least two labels, found: ${labels.join(', ') || 'none'}`);
  const images: DecodedImage[] = [];
  await forEachConcurrently(spread(samples), async (sample) => {
    try {
      images.push(await decodeImage(await readFile(sample.path), { spec: decode }));
    } catch (error) {
      if (!(error instanceof AssayError)) throw error;
      faults.push(`${sample.path}: ${error.message}`);
    }
  });
  refuseFaults(path, faults.sort());
  const sides = images.map(({ width, height }) => Math.min(width, height)).sort((a, b) => a - b);
  const grey = images.every(isGrey);
  const channels = measure(images);
  return {
    labels,
    count: samples.length,
    parts,
    side: sides[Math.floor(sides.length / 2)]!,
    square: images.every(({ width, height }) => width === height),
    grey,
    mean: grey ? channels.mean.slice(0, 1) : channels.mean,
    std: grey ? channels.std.slice(0, 1) : channels.std,
  };
}

function partsOf(root: string): ImageFacts['parts'] {
  const has = (name: string) => existsSync(join(root, name));
  return has('train') && has('test') ? { train: 'train', test: 'test' } : {};
}

/** Evenly over the list, so that every label has its turn. */
function spread(samples: readonly ListedImage[]): ListedImage[] {
  const step = Math.max(1, samples.length / looked);
  return Array.from(
    { length: Math.min(looked, samples.length) },
    (_, index) => samples[Math.floor(index * step)]!,
  );
}

function isGrey({ data }: DecodedImage): boolean {
  for (let at = 0; at < data.length; at += 3)
    if (data[at] !== data[at + 1] || data[at] !== data[at + 2]) return false;
  return true;
}

/** Mean and deviation over all pixels; an image counts the same whatever its size. */
function measure(images: readonly DecodedImage[]): { mean: number[]; std: number[] } {
  const sums = [0, 0, 0];
  const squares = [0, 0, 0];
  for (const { data } of images)
    for (let at = 0; at < data.length; at++) {
      const share = data[at]! / 255;
      const weight = 3 / (data.length * images.length);
      sums[at % 3] = sums[at % 3]! + share * weight;
      squares[at % 3] = squares[at % 3]! + share * share * weight;
    }
  return {
    mean: sums,
    std: squares.map((square, channel) => Math.sqrt(Math.max(0, square - sums[channel]! ** 2))),
  };
}
