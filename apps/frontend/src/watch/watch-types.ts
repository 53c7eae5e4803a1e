import type { components } from '../api/drift.gen.ts';

type Schemas = components['schemas'];

/** `GET /traffic`. */
export type Traffic = Schemas['Traffic'];
export type TrafficInterval = Traffic['intervals'][number];

/** A drift report. */
export type DriftReport = Schemas['DriftReport'];
export type FeatureReport = DriftReport['features'][number];
export type Histogram = NonNullable<FeatureReport['histogram']>;
export type DriftVerdict = DriftReport['verdict'];

/** A line of `GET /reports`. */
export type ReportEntry = Schemas['DriftReportPage']['reports'][number];

/** Two reports of one model side by side. */
export type ReportDiff = Schemas['DriftReportDiff'];

/** Whether a model's drift is on, and what was told of it. */
export type DriftAlert = Schemas['DriftAlertList']['alerts'][number];
