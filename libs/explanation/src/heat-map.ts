import type { MapExplanation, MapMethod } from '@assay/schema';
import { rowsOf, type CellMap } from './cell-map.ts';

/** How much each place of a photo speaks for a label. */
export interface HeatMap {
  readonly method: MapMethod;
  readonly label: string;
  /** The other label of two: negative numbers speak for it. */
  readonly against?: string;
  /** Over the upright photo. */
  readonly map: CellMap;
  /** What is explained: see {@link MapExplanation}. */
  readonly score: number;
  /** `cam`: what of the score has no place. */
  readonly remainder?: number;
}

const meanings: Readonly<Record<MapMethod, string>> = {
  cam: 'What this part of the image adds to the score.',
  occlusion: 'How much the score falls where this part of the image is hidden.',
  rise: 'How much the mean score over random masks rises where this part of the image is shown.',
};

/** The map as it is answered, but for its picture. */
export function describeMap(heat: HeatMap): Omit<MapExplanation, 'overlay'> {
  const { method, label, against, map, score, remainder } = heat;
  return {
    method,
    label,
    ...(against === undefined ? {} : { against }),
    meaning: meanings[method],
    unit: method === 'cam' ? 'logit' : 'probability',
    score,
    grid: rowsOf(map),
    ...(remainder === undefined ? {} : { remainder }),
  };
}
