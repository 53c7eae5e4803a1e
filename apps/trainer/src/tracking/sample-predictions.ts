import { readFile } from 'node:fs/promises';
import { decodeImage, encodeImage, resizeImage, type DecodeSpec } from '@assay/preprocessing';
import { at, confidenceOf, predictedClass, type Scores } from '../metrics/scores.ts';
import type { PreparedData } from '../data/examples.ts';
import type { SamplePrediction } from './tracker.ts';

/** Inputs that are shown: half of them the most confident mistakes, the rest spread over the validation part. */
const shown = 16;
/** Longer side of a small picture, pixels. */
const side = 96;

/** Some answers to validation inputs, mistakes first, with small pictures where the inputs are images. */
export async function samplePredictions(
  scores: Scores,
  data: Pick<PreparedData, 'labels' | 'listing' | 'preprocessing'>,
): Promise<SamplePrediction[]> {
  const listing = data.listing.filter(({ split }) => split === 'validation');
  const isImage = data.preprocessing.kind === 'image';
  return Promise.all(
    chooseRows(scores).map(async (row) => {
      const { path, label } = listing[row]!;
      const image = isImage ? await thumbnail(path) : undefined;
      return {
        file: path,
        label,
        prediction: data.labels[predictedClass(scores, row)]!,
        probability: confidenceOf(scores, row),
        ...(image ? { image } : {}),
      };
    }),
  );
}

/** Rows of the scores, mistakes first; deterministic. */
export function chooseRows(scores: Scores, count = shown): number[] {
  const rows = Array.from(scores.labels.keys());
  const wrong = rows
    .filter((row) => predictedClass(scores, row) !== at(scores.labels, row))
    .sort((first, second) => confidenceOf(scores, second) - confidenceOf(scores, first) || first - second)
    .slice(0, Math.ceil(count / 2));
  const others = rows.filter((row) => !wrong.includes(row));
  const rest = Math.min(count - wrong.length, others.length);
  return [
    ...wrong,
    ...Array.from({ length: rest }, (_, index) => others[Math.floor((index * others.length) / rest)]!),
  ];
}

/** A small JPEG of an image; nothing where it cannot be read any more. */
async function thumbnail(path: string): Promise<Uint8Array | undefined> {
  try {
    const spec: DecodeSpec = { autoOrient: true, icc: true, background: [255, 255, 255], colour: 'rgb' };
    const pixels = await decodeImage(await readFile(path), { spec });
    const scale = Math.min(1, side / Math.max(pixels.width, pixels.height));
    const small = await resizeImage(pixels, {
      mode: 'stretch',
      width: Math.max(1, Math.round(pixels.width * scale)),
      height: Math.max(1, Math.round(pixels.height * scale)),
      engine: 'libvips',
      filter: 'bilinear',
    });
    return await encodeImage(small, 'jpeg', { quality: 80 });
  } catch {
    return undefined;
  }
}
