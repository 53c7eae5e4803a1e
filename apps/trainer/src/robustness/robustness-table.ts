import { describeCorruption } from '@assay/preprocessing';
import type { Robustness } from '@assay/schema';
import { points, withInterval } from '../packaging/card/markdown.ts';

/** Head and rows of the table of corruptions: figures with their intervals, and changes in points against the images as they are. */
export function robustnessTable({ clean, rows }: Robustness): { head: string[]; rows: string[][] } {
  const auroc = (...cells: string[]) => (clean.auroc === undefined ? [] : cells);
  return {
    head: ['image', 'accuracy', 'change', ...auroc('AUROC', 'change')],
    rows: [
      [
        'as it is',
        withInterval(clean.accuracy),
        '',
        ...auroc(clean.auroc ? withInterval(clean.auroc) : '', ''),
      ],
      ...rows.map((row) => [
        describeCorruption(row.corruption),
        withInterval(row.accuracy),
        points(row.accuracyChange),
        ...auroc(row.auroc ? withInterval(row.auroc) : '', row.aurocChange ? points(row.aurocChange) : ''),
      ]),
    ],
  };
}
