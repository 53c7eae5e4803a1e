import { readFile } from 'node:fs/promises';
import { decodeImage, encodeImage, type DecodeSpec } from '@assay/preprocessing';
import { drawQuality } from './image-cache.ts';
import type { Sample } from './sample.ts';

/** What a classifier takes. */
export type ClassifierInput = { bytes: Uint8Array } | { features: Readonly<Record<string, number>> };

/** An input whose label is known, as a client would send it. */
export interface LabelledInput {
  path: string;
  /** Position of its label in the model's labels. */
  truth: number;
  /** sha256 of the file, or of the numbers of a row, where it is known: of what belongs to a data set. */
  digest?: string;
  read(): Promise<ClassifierInput>;
}

/** How a sample becomes an input. */
export interface InputOptions {
  labels: readonly string[];
  /** Names of the features, for tables. */
  features: readonly string[];
  /** JPEG quality range, where the data set is encoded again before anything else. */
  reencode?: { quality: readonly [low: number, high: number]; decode: DecodeSpec } | undefined;
}

/** The input that a sample of a data set is. */
export function labelledInput(sample: Sample, options: InputOptions): LabelledInput {
  const { path, label, digest } = sample;
  const read =
    sample.kind === 'row'
      ? async () => ({
          features: Object.fromEntries(
            options.features.map((name, index) => [name, sample.features[index]!]),
          ),
        })
      : async () => ({ bytes: await imageBytes(path, digest, options) });
  return { path, truth: options.labels.indexOf(label), digest, read };
}

async function imageBytes(path: string, digest: string, { reencode }: InputOptions): Promise<Uint8Array> {
  const bytes = await readFile(path);
  if (reencode === undefined) return bytes;
  const image = await decodeImage(bytes, { spec: reencode.decode });
  return encodeImage(image, 'jpeg', { quality: drawQuality(digest, reencode.quality) });
}
