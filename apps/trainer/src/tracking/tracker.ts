import type { EpochRecord } from '@assay/training-runs';

/** What is known of a run before its first step. */
export interface RunFacts {
  /** Name of the run's folder. */
  name: string;
  /** The resolved training configuration. */
  config: Readonly<Record<string, unknown>>;
  command: string;
  /** ISO 8601. */
  startedAt: string;
  /** sha256, see `datasetDigest`. */
  datasetDigest: string;
  gitCommit?: string | undefined;
}

/** An answer to one validation input. */
export interface SamplePrediction {
  /** Where the input is. */
  file: string;
  label: string;
  prediction: string;
  /** Of the prediction, before calibration, 0 to 1. */
  probability: number;
  /** A small picture of the input, JPEG; rows of a table have none. */
  image?: Uint8Array;
}

/** How a session of a run ended. `stopped`: it was asked to and can go on. */
export type RunState = 'finished' | 'stopped' | 'failed';

/** Whatever happens in a run that is worth keeping. */
export type TrackingEvent =
  /** `history`: the epochs of earlier sessions of this run. */
  | { type: 'begin'; run: RunFacts; history: readonly EpochRecord[] }
  | { type: 'epoch'; record: EpochRecord }
  /** Counts `[true class][predicted class]` on the validation part; comes before the record of its epoch. */
  | { type: 'confusion'; epoch: number; labels: readonly string[]; matrix: readonly (readonly number[])[] }
  /** Comes before the record of its epoch. */
  | { type: 'samples'; epoch: number; samples: readonly SamplePrediction[] }
  /** Files of the finished model package. */
  | { type: 'package'; name: string; version: string; folder: string; files: readonly string[] }
  | { type: 'end'; state: RunState };

/** Keeps what happens in a run: a folder, a server, a service. */
export interface Tracker {
  /** For messages, for example `MLflow at http://localhost:5000`. */
  readonly name: string;
  /**
   * Called for one event at a time, `begin` first; after a failure again with the same event.
   *
   * @param signal Aborted when nobody waits for the answer any more.
   * @throws TrackerRefusal where trying again is no use.
   */
  record(event: TrackingEvent, signal: AbortSignal): Promise<void>;
  /** Lets go of connections and threads. */
  close(): Promise<void>;
}

/** The tracker will not take this event, however often it is asked. */
export class TrackerRefusal extends Error {
  override readonly name = 'TrackerRefusal';
}
