/** Files of a run's folder that tell of it: written while it trains, read by `assay runs` and `visualize`. */
export const metricsFile = 'metrics.jsonl';
export const confusionFile = 'confusion.json';
export const samplesFile = 'samples.json';
export const samplesFolder = 'samples';
export const statusFile = 'status.json';
/** Identities of the run at its trackers: a resumed run goes on there under the same one. */
export const trackerIdsFile = 'tracker-ids.json';
