import type { Random } from '@assay/random';
import { symmetricBeta } from './beta.ts';
import type { TrainingBatch } from './batch-source.ts';

/** Sizes of a batch of images. */
export interface BatchShape {
  size: number;
  height: number;
  width: number;
  channels: number;
  labels: number;
}

/**
 * Mixup (Zhang et al. 2018): every image becomes `share · itself + (1 - share) · the next one`, its target
 * likewise. One share per image, drawn from Beta(alpha, alpha). In place.
 */
export function mixup(
  batch: TrainingBatch,
  shape: BatchShape,
  draw: { alpha: number; random: Random },
): void {
  const pixels = shape.height * shape.width * shape.channels;
  eachWithNext(batch, shape, (image, next, target) => {
    const share = symmetricBeta(draw.alpha, draw.random);
    for (let i = 0; i < pixels; i++) image[i] = share * image[i]! + (1 - share) * next.image[i]!;
    blend(target, next.target, share);
  });
}

/**
 * CutMix (Yun et al. 2019): a rectangle of every image is replaced by that of the next one; the targets are
 * mixed by the area that each has. The rectangle's area is drawn from Beta(alpha, alpha), its centre evenly;
 * what falls outside is cut off. In place.
 */
export function cutmix(
  batch: TrainingBatch,
  shape: BatchShape,
  draw: { alpha: number; random: Random },
): void {
  const { height, width, channels } = shape;
  const { alpha, random } = draw;
  eachWithNext(batch, shape, (image, next, target) => {
    const side = Math.sqrt(1 - symmetricBeta(alpha, random));
    const [left, right] = extent(width, side, random);
    const [top, bottom] = extent(height, side, random);
    for (let y = top; y < bottom; y++) {
      const from = (y * width + left) * channels;
      const to = (y * width + right) * channels;
      image.set(next.image.subarray(from, to), from);
    }
    blend(target, next.target, 1 - ((right - left) * (bottom - top)) / (width * height));
  });
}

function extent(length: number, share: number, random: Random): [from: number, to: number] {
  const cut = Math.round(length * share);
  const from = random.integer(length) - Math.floor(cut / 2);
  return [Math.max(0, from), Math.min(length, from + cut)];
}

function blend(target: Float32Array, next: Float32Array, share: number): void {
  for (let i = 0; i < target.length; i++) target[i] = share * target[i]! + (1 - share) * next[i]!;
}

/** Visits each image with the one after it as it was before; the last is paired with the first. */
function eachWithNext(
  batch: TrainingBatch,
  shape: BatchShape,
  visit: (
    image: Float32Array,
    next: { image: Float32Array; target: Float32Array },
    target: Float32Array,
  ) => void,
): void {
  const pixels = shape.height * shape.width * shape.channels;
  const image = (row: number) => batch.examples.subarray(row * pixels, (row + 1) * pixels);
  const target = (row: number) => batch.targets.subarray(row * shape.labels, (row + 1) * shape.labels);
  const first = { image: image(0).slice(), target: target(0).slice() };
  for (let row = 0; row < shape.size; row++) {
    const next = row + 1 < shape.size ? { image: image(row + 1), target: target(row + 1) } : first;
    visit(image(row), next, target(row));
  }
}
