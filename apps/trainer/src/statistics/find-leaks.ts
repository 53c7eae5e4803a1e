import { areaUnderRoc } from '../metrics/ranking.ts';
import { normalQuantile } from '../calibration/decision-band.ts';
import {
  fileProperties,
  filePropertyNames,
  type FileFacts,
  type FilePropertyName,
  type PropertyKind,
} from './file-properties.ts';
import { outOfFoldScores } from './out-of-fold-scores.ts';

/** Chance that any property of a data set whose files have nothing to do with its classes is named. */
const familyError = 0.01;

/**
 * Area under the ROC curve from which a property predicts the class, by kind. One that shows up by the size of the set
 * alone, a little above one half, costs a network nothing to ignore; what pictures measure goes further before anything
 * but their content is behind it.
 */
const leastAuroc: Record<PropertyKind, number> = { made: 0.7, measured: 0.9, named: 0.7 };

/** A property and the class that it tells best from the others. */
export interface PropertyFinding {
  property: FilePropertyName;
  kind: PropertyKind;
  /** Label of that class. */
  label: string;
  /** Out of sample, 0.5 to 1 (below: noise). */
  auroc: number;
  /** Area that chance alone stays below, over all properties and classes looked at. */
  chance: number;
  /** A value that speaks for the class: `png: 312 of 314 files`; none where values are ranges of numbers. */
  example: string;
  verdict: 'none' | 'hint' | 'leak';
}

/**
 * Looks at each property of the files alone: does it predict the class of files that it was not learnt from?
 *
 * A property is named where its area under the ROC curve, for one class against the rest, is above what chance gives:
 * z standard deviations of the Mann–Whitney statistic, √((m + n + 1) / 12mn), with z for {@link familyError} shared
 * among all properties and classes (Bonferroni), and above {@link leastAuroc}. So few files, or many classes, need a
 * clearer case.
 */
export function findLeaks(
  files: readonly { facts: FileFacts; label: string }[],
  labels: readonly string[],
): PropertyFinding[] {
  const classes = Int32Array.from(files, ({ label }) => labels.indexOf(label));
  const looks = filePropertyNames.length * (labels.length === 2 ? 1 : labels.length);
  const z = normalQuantile(1 - familyError / looks);
  return filePropertyNames.map((property) => {
    const { kind, of } = fileProperties[property];
    const values = files.map(({ facts }) => of(facts));
    const scores = outOfFoldScores(values, classes, labels.length);
    const best = labels
      .map((label, index) => ({ label, ...aurocOf(scores, classes, { index, labels: labels.length, z }) }))
      .reduce((a, b) => (b.auroc - b.chance > a.auroc - a.chance ? b : a));
    const predicts = best.auroc > best.chance && best.auroc >= leastAuroc[kind];
    const isLeak = kind === 'made' || (kind === 'measured' && labels.length === 2);
    return {
      property,
      kind,
      ...best,
      example: kind === 'measured' ? '' : speakingValue(values, files, best.label),
      verdict: !predicts ? 'none' : isLeak ? 'leak' : 'hint',
    };
  });
}

function aurocOf(
  scores: Float64Array,
  classes: Int32Array,
  { index, labels, z }: { index: number; labels: number; z: number },
): { auroc: number; chance: number } {
  const own = Float64Array.from(classes, (_, row) => scores[row * labels + index]!);
  const positive = Uint8Array.from(classes, (label) => (label === index ? 1 : 0));
  const m = positive.reduce((sum, one) => sum + one, 0);
  const n = positive.length - m;
  if (m === 0 || n === 0) return { auroc: 0.5, chance: 1 };
  return {
    auroc: areaUnderRoc(own, positive),
    chance: Math.min(1, 0.5 + z * Math.sqrt((m + n + 1) / (12 * m * n))),
  };
}

/** The value whose files are of the class more often than all files are, by the most files. */
function speakingValue(
  values: readonly (string | number)[],
  files: readonly { label: string }[],
  label: string,
): string {
  const counts = new Map<string | number, { own: number; all: number }>();
  values.forEach((value, index) => {
    const count = counts.get(value) ?? { own: 0, all: 0 };
    counts.set(value, { own: count.own + (files[index]!.label === label ? 1 : 0), all: count.all + 1 });
  });
  const share = files.filter((file) => file.label === label).length / files.length;
  const [first] = [...counts].sort(([, a], [, b]) => b.own - share * b.all - (a.own - share * a.all));
  return first === undefined ? '' : `${first[0]}: ${first[1].own} of ${first[1].all} files`;
}
