import { seededRandom } from '@assay/random';
import type { FeatureRow } from '@assay/drift-statistics';
import type { MadeRecord } from './make-window.ts';

/** Dimensions of the embedding. */
export const DIMENSIONS = 6;

/** What is different of the records of a world. */
export interface Otherwise {
  /** Changes the drawn row of record `i`. */
  also?: (row: Record<string, number | string | null>, i: number) => void;
  hours?: number;
  slices?: (i: number) => readonly string[];
}

/** Records of a model that tells two kinds of portraits apart: properties, answer, scores, embedding. */
export function portraits(
  seed: string,
  count: number,
  { also, hours = 1, slices }: Otherwise = {},
): MadeRecord[] {
  const random = seededRandom('portraits', seed);
  return Array.from({ length: count }, (_, i) => {
    const score = 1 / (1 + Math.exp(-2 * random.normal()));
    const confidence = Math.max(score, 1 - score);
    const row: Record<string, number | string | null> = {
      'image.brightness': 120 + 30 * random.normal(),
      'image.contrast': 50 + 10 * random.normal(),
      'image.sharpness': Math.exp(-4 + 0.8 * random.normal()),
      'image.width': 256,
      'image.format': random.uniform() < 0.9 ? 'jpeg' : 'png',
      'image.jpegQuality': 75,
      prediction: score > 0.5 ? 'authentic' : 'ai-generated',
      confidence,
      scopeDistance: 50 + 15 * random.normal(),
      'score.authentic': score,
      'score.ai-generated': 1 - score,
    };
    for (let k = 0; k < DIMENSIONS; k++) row[`embedding.${k}`] = random.normal();
    also?.(row, i);
    return { row, hour: i % hours, ...(slices ? { slices: slices(i) } : {}) };
  });
}

export const rowsOf = (records: readonly MadeRecord[]): FeatureRow[] => records.map(({ row }) => row);
