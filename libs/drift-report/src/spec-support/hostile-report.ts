import type { DriftReport } from '@assay/schema';
import { exampleFeature, exampleReport } from './example-report.ts';

/** What names of clients may try. */
export const hostileNames = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</title></svg></style><style>*{display:none}</style>',
  '\u202egnp.exe\u202c',
  '\u2066hidden\u2069\u200b\u0000\u001b[31mred\ud800',
  `z${'\u0301'.repeat(60)}algo`,
  'قميص أزرق',
  '${7*7}{{7*7}}',
  `${'long '.repeat(200)}name`,
] as const;

/** {@link exampleReport} with such names wherever a client has a say. */
export function hostileReport(): DriftReport {
  const report = exampleReport();
  const name = (i: number) => hostileNames[i % hostileNames.length]!;
  return {
    ...report,
    summary: `Drifted: ${name(0)} and ${name(4)}.`,
    features: [
      ...hostileNames.map((feature, i) =>
        exampleFeature(i % 2 === 0 ? `feature.${feature}` : feature, {
          ...{ group: 'feature', verdict: 'drifted', direction: name(i + 1), follows: name(i + 2) },
          ...{ effect: 3, adjusted: 1e-9 },
          histogram: { kind: 'categorical', names: [...hostileNames], reference: [9, 1], current: [1, 9] },
        }),
      ),
      ...report.features,
    ],
    performance: {
      ...report.performance,
      notes: [name(0)],
      labelShift: hostileNames.map((label) => ({ label, before: 0.2, now: 0.3, interval: [0.2, 0.4] })),
    },
    slices: hostileNames.map((value, i) => ({
      ...{
        dimension: name(i + 3),
        value,
        records: 5,
        verdict: i % 2 === 0 ? 'drifted' : 'stable',
        adjusted: 0.01,
      },
      ...{ feature: name(i + 1), direction: name(i + 2), effect: 1 },
      apart: { feature: name(i), direction: name(i + 4), effect: 1 },
    })),
    evidence: report.evidence.map((record, i) => ({
      ...record,
      ...{ id: name(i), prediction: name(i + 1), image: name(i + 2), reasons: [name(i + 3)] },
      values: { [name(i)]: name(i + 5), [name(i + 1)]: null },
    })),
    timeline: report.timeline.map((point) => ({ ...point, effects: { [name(0)]: 1, [name(4)]: 2 } })),
    pipeline: {
      fingerprints: hostileNames.map((value, i) => ({
        ...{ part: name(i + 1), value, records: 1 },
        ...report.window,
      })),
      changes: [name(0), name(1)],
    },
  };
}
