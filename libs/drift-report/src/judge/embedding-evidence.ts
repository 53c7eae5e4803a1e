import { pointsEvidence, type Evidence } from '@assay/drift-statistics';
import type { DriftWindow } from '../window/drift-window.ts';
import { completeRows } from './sample-table.ts';

/** Points of each sample: some hundreds tell what thousands do, and cost grows with the square. */
const MOST_POINTS = 400;

/** Evidence about the embedding as a whole, where the package holds inputs of the reference; see `pointsEvidence`. */
export function embeddingEvidence({
  reference,
  referenceSample,
  sample,
}: Pick<DriftWindow, 'reference' | 'referenceSample' | 'sample'>): Evidence | undefined {
  if (referenceSample === undefined) return undefined;
  const columns = Object.keys(reference.features).filter((name) => name.startsWith('embedding.'));
  return pointsEvidence('embedding', {
    reference: completeRows(referenceSample, columns, MOST_POINTS),
    current: completeRows(sample, columns, MOST_POINTS),
  });
}
