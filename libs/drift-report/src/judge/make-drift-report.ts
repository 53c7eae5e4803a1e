import type { Evidence, ThresholdCache } from '@assay/drift-statistics';
import type { DriftReport } from '@assay/schema';
import { typicalRecords } from '../evidence/typical-records.ts';
import { judgePerformance } from '../performance/judge-performance.ts';
import { reportId } from '../report-id.ts';
import { judgeSlices } from '../slices/judge-slices.ts';
import type { DriftWindow } from '../window/drift-window.ts';
import { boundReport } from './bound-report.ts';
import { embeddingEvidence } from './embedding-evidence.ts';
import { judgeFeatures } from './judge-features.ts';
import { judgeSeason } from './judge-season.ts';
import { makeTimeline } from './make-timeline.ts';
import { operationEvidence, sumOutcomes } from './operation-evidence.ts';
import { pipelineOf } from './pipeline-changes.ts';
import { summarise } from './summarise.ts';

export interface DriftReportOptions {
  /** Level of this look, and the budget of its period that it was paid from, 0 to 1. */
  alpha: DriftReport['alpha'];
  now: Date;
  /** Keeps simulated thresholds between reports: they depend on the reference and on the sizes that are compared. */
  cache?: ThresholdCache | undefined;
}

/**
 * What a window says of drift: the verdict over one family of features, whether it hurts, where, since when, which records show it. Never
 * throws for what the data are like: what cannot be told is said to be so. Holds about 2 MB at the most, whatever the window holds.
 *
 * @throws AssayError `invalid-profile` where the window was counted in another reference's bins.
 */
export function makeDriftReport(window: DriftWindow, options: DriftReportOptions): DriftReport {
  const started = performance.now();
  const { alpha, now, cache } = options;
  const { manifest, reference, profile } = window;
  const { name, version } = manifest;
  const whole = embeddingEvidence(window);
  const more: Evidence[] = [...operationEvidence(window, window.before), ...(whole ? [whole] : [])];
  const judged = judgeFeatures(reference, profile, { alpha: alpha.level, cache, more });
  const judgedPerformance = judgePerformance(window, judged.features);
  const pipeline = pipelineOf(window.fingerprints, manifest.served);
  const seasonal = judgeSeason(window, { alpha: alpha.level });
  const outcomes = sumOutcomes(window.outcomes);
  const report: DriftReport = {
    schemaVersion: 1,
    id: reportId({ model: name, version, window: window.window }),
    time: now.toISOString(),
    model: { name, version },
    window: window.window,
    records: {
      total: outcomes.answered + outcomes.refused + outcomes.failed + outcomes.cancelled,
      ...outcomes,
      passedOver: window.passedOver,
    },
    reference: { digest: reference.digest, inputs: reference.inputs },
    verdict: judged.verdict,
    summary: summarise({
      model: name,
      verdict: judged.verdict,
      records: profile.records,
      moreNeeded: judged.moreNeeded,
      features: judged.features,
      performance: judgedPerformance,
      pipelineChanges: pipeline.changes,
      level: alpha.level,
    }),
    ...(judged.moreNeeded === undefined ? {} : { moreNeeded: judged.moreNeeded }),
    alpha,
    features: judged.features,
    performance: judgedPerformance,
    // Slices are many cheap looks, and none is final: their false discoveries are held to the budget, not to the level of one look.
    slices: judgeSlices(window, { level: alpha.budget, cache }),
    evidence: typicalRecords(window, judged.features),
    timeline: makeTimeline(window, judged.features),
    pipeline,
    ...(seasonal ? { seasonal } : {}),
    cost: { ...window.cost, milliseconds: 0 },
  };
  const bounded = boundReport(report);
  return { ...bounded, cost: { ...window.cost, milliseconds: Math.round(performance.now() - started) } };
}
