import type { DriftReport } from '@assay/schema';
import type { Metrics } from '@assay/service-kit';

/** What Prometheus is told of the latest report of each model. */
export interface ReportGauges {
  /** Takes the place of what was shown of the model, unless that is of a later window. */
  show(report: DriftReport): void;
}

/** Features of a model with a gauge of their own: those that the report ranks first. */
const FEATURES = 10;

/** Graded, so that `> 1` is drift and `> 0` is anything but stable. */
const GRADES = { stable: 0, 'insufficient-data': 1, drifted: 2 } as const;

export function createReportGauges(metrics: Metrics): ReportGauges {
  const latest = new Map<string, DriftReport>();
  const all = (set: (report: DriftReport, model: string) => void) => {
    for (const [model, report] of latest) set(report, model);
  };
  metrics.gauge({
    name: 'drift_verdict',
    help: 'Of the latest report: 0 stable, 1 insufficient data, 2 drifted',
    labelNames: ['model'],
    collect() {
      this.reset();
      all(({ verdict }, model) => this.set({ model }, GRADES[verdict]));
    },
  });
  metrics.gauge({
    name: 'drift_score',
    help: 'Effect over its threshold, of the features ranked first and, as "overall", of the first; drift needs 1 and significance',
    labelNames: ['model', 'feature'],
    collect() {
      this.reset();
      all((report, model) => {
        const scores = scoresOf(report);
        for (const [feature, score] of scores) this.set({ model, feature }, score);
        this.set({ model, feature: 'overall' }, Math.max(0, ...scores.values()));
      });
    },
  });
  metrics.gauge({
    name: 'drift_report_timestamp_seconds',
    help: 'When the window of the latest report ended, Unix time',
    labelNames: ['model'],
    collect() {
      this.reset();
      all(({ window }, model) => this.set({ model }, Date.parse(window.to) / 1000));
    },
  });
  metrics.gauge({
    name: 'drift_expected_accuracy',
    help: 'Accuracy that the confidences of the latest report let expect, where it can be said',
    labelNames: ['model'],
    collect() {
      this.reset();
      all(({ performance: { expected } }, model) => {
        if (expected !== undefined) this.set({ model }, expected.share);
      });
    },
  });
  return {
    show(report) {
      const { name } = report.model;
      const shown = latest.get(name);
      if (shown === undefined || shown.window.to <= report.window.to) latest.set(name, report);
    },
  };
}

/** Effect over threshold by feature, the first ten; a feature that is both shifted and missing counts once. */
function scoresOf({ features }: DriftReport): Map<string, number> {
  const scores = new Map<string, number>();
  for (const { feature, effect, threshold } of features) {
    if (effect === null || !(threshold > 0)) continue;
    if (!scores.has(feature) && scores.size === FEATURES) continue;
    scores.set(feature, Math.max(scores.get(feature) ?? 0, effect / threshold));
  }
  return scores;
}
