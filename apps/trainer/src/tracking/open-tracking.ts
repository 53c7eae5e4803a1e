import { existsSync, readFileSync } from 'node:fs';
import { metricsFile, trackerIdsFile } from '@assay/training-runs';
import type { RunFolder } from '../run/run-folder.ts';
import type { TrackerCredentials } from './config.ts';
import { deliver, type Delivery, type DeliveryLimits } from './deliver.ts';
import { localTracker } from './local-tracker.ts';
import { mlflowClient } from './mlflow-client.ts';
import { mlflowTracker } from './mlflow-tracker.ts';
import { readEpochs } from './read-epochs.ts';
import type { RunFacts, RunState, Tracker, TrackingEvent } from './tracker.ts';
import type { TrackerSpec } from './tracker-spec.ts';
import { wandbTracker } from './wandb-tracker.ts';

/** Where a training run tells what happens. */
export interface Tracking {
  /** Resolves when the run's own folder has it; other trackers get it in their own time, or not at all. */
  log(event: Exclude<TrackingEvent, { type: 'begin' | 'end' }>): Promise<void>;
  /** The last word; waits a bounded time for trackers that lag behind. */
  end(state: RunState): Promise<void>;
}

/**
 * Opens the run's folder and every configured tracker. What goes wrong at a tracker outside is said once and
 * neither stops nor slows the run.
 */
export async function openTracking(
  run: RunFolder,
  facts: RunFacts,
  options: {
    trackers: readonly TrackerSpec[];
    credentials: TrackerCredentials;
    /** Epochs up to the checkpoint that the run goes on from; 0 for a new one. */
    epochsDone: number;
    /** Told once of each tracker that fails, and at the end of what it never got. */
    note: (text: string) => Promise<void>;
    limits?: Partial<DeliveryLimits>;
  },
): Promise<Tracking> {
  const local = localTracker(run);
  const say = (text: string) => void options.note(text).catch(() => undefined);
  const never = new AbortController().signal;
  const remote = options.trackers.map((spec): { tracker: Tracker; delivery: Delivery } => {
    const tracker = openTracker(spec, { run, credentials: options.credentials });
    return { tracker, delivery: deliver(tracker, { warn: say, limits: options.limits ?? {} }) };
  });
  const tell = async (event: TrackingEvent) => {
    await local.record(event, never);
    for (const { delivery } of remote) delivery.push(event);
  };
  const history = readEpochs(run.file(metricsFile)).filter(({ epoch }) => epoch <= options.epochsDone);
  await tell({ type: 'begin', run: facts, history });
  return {
    log: tell,
    end: async (state) => {
      try {
        await tell({ type: 'end', state });
      } catch (error) {
        say(`${run.path} does not say how the run ended: ${(error as Error).message}`);
      }
      await Promise.all(
        remote.map(async ({ tracker, delivery }) => {
          const lost = await delivery.close();
          if (lost > 0) say(`${tracker.name} did not get ${lost} records of this run.`);
        }),
      );
    },
  };
}

function openTracker(
  spec: TrackerSpec,
  context: { run: RunFolder; credentials: TrackerCredentials },
): Tracker {
  const { run, credentials } = context;
  if (spec.type === 'wandb') return wandbTracker(spec, credentials.wandb);
  const ids = readIds(run);
  return mlflowTracker(mlflowClient(spec.url, credentials.mlflow), spec, {
    id: ids[spec.url],
    remember: (id) => run.write(trackerIdsFile, JSON.stringify({ ...readIds(run), [spec.url]: id })),
  });
}

function readIds(run: RunFolder): Record<string, string> {
  const file = run.file(trackerIdsFile);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
}
