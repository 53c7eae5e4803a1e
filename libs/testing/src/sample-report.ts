import type { DriftReport, DriftVerdict, FeatureReport } from '@assay/schema';

export interface SampleReport {
  readonly id: string;
  readonly model?: string;
  readonly version?: string;
  readonly window: DriftReport['window'];
  readonly verdict?: DriftVerdict;
  /** Names of the features that drifted, the greatest effect first. */
  readonly drifted?: readonly string[];
  /** When it was made; default: when the window ended. */
  readonly time?: string;
}

/** A drift report with little in it, for whoever keeps reports or tells of them. */
export function sampleReport(given: SampleReport): DriftReport {
  const { id, model = 'wine', version = '1.0.0', window, drifted = [], time = window.to } = given;
  const verdict = given.verdict ?? (drifted.length > 0 ? 'drifted' : 'stable');
  const feature = (name: string, at: number): FeatureReport => ({
    ...{ feature: name, group: 'feature', aspect: 'values', verdict: 'drifted', direction: '+2σ: higher' },
    ...{ measure: 'wasserstein', effect: 2 - at / 10, threshold: 0.1, pValue: 0, adjusted: 0 },
    ...{ reference: 500, current: 500, detectable: 0.1 },
  });
  return {
    schemaVersion: 1,
    ...{ id, time, window, verdict },
    model: { name: model, version },
    records: { total: 500, answered: 500, refused: 0, failed: 0, cancelled: 0, passedOver: 0 },
    reference: { digest: 'a'.repeat(64), inputs: 500 },
    summary: `${model}: ${verdict}${drifted.length > 0 ? ` in ${drifted.join(', ')}` : ''}.`,
    alpha: { level: 0.01, budget: 0.05 },
    features: drifted.map(feature),
    performance: { notes: [] },
    ...{ slices: [], evidence: [], timeline: [], pipeline: { fingerprints: [], changes: [] } },
    cost: { recordsRead: 500, hoursFromProfiles: 0, hoursCounted: 24, milliseconds: 1 },
  };
}
