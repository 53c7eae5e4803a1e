import type { DriftWindow } from '@assay/drift-report';
import {
  profileRecords,
  sampleRecords,
  type FeatureRow,
  type FrozenReference,
} from '@assay/drift-statistics';
import type { ModelManifest, RecordSample } from '@assay/schema';

/** What windows are held against. */
export interface SimulatedWorld {
  manifest: ModelManifest;
  reference: FrozenReference;
  referenceSample: RecordSample | undefined;
}

const hour = '2026-01-01T00';
const window = { from: `${hour}:00:00.000Z`, to: '2026-01-01T01:00:00.000Z' };

/** The window of a log that holds these records and nothing else, all of one hour. */
export function simulatedWindow(world: SimulatedWorld, rows: readonly FeatureRow[]): DriftWindow {
  const { manifest, reference } = world;
  const { name: model, version } = manifest;
  const records = rows.length;
  const profile = profileRecords(
    reference,
    { model, version, slice: 'all', hour, source: 'simulated' },
    rows,
  );
  const confidences = rows.map(({ confidence }) => Number(confidence));
  const sum = (of: (confidence: number) => number) => confidences.reduce((all, one) => all + of(one), 0);
  return {
    ...world,
    ...{ window, profile, hours: [profile] },
    outcomes: [{ hour, answered: records, refused: 0, failed: 0, cancelled: 0 }],
    confidence: [{ hour, records, sum: sum((p) => p), variance: sum((p) => p * (1 - p)) }],
    latency: { edges: [], counts: [0] },
    ...{ slices: new Map(), images: new Map(), confusion: [], feedback: [], fingerprints: [] },
    sample: sampleRecords(
      rows.map((row, at) => ({ id: String(at), row })),
      { columns: Object.keys(reference.features) },
    ),
    ...{ passedOver: 0, before: undefined, season: [] },
    cost: { recordsRead: records, hoursFromProfiles: 0, hoursCounted: 1 },
  };
}
