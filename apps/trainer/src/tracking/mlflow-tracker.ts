import type { EpochRecord } from '@assay/training-runs';
import { flatMetrics, flatten } from './flatten.ts';
import type { MlflowBatch, MlflowClient, MlflowRun } from './mlflow-client.ts';
import { packageFiles } from './package-files.ts';
import { sampleFiles } from './sample-files.ts';
import { TrackerRefusal, type RunFacts, type Tracker } from './tracker.ts';

/** What MLflow takes in one request, and of one parameter; values past 500 characters fail on older servers. */
const limits = { params: 100, metrics: 1000, key: 250, value: 500 };

const statuses = { finished: 'FINISHED', stopped: 'KILLED', failed: 'FAILED' } as const;

/**
 * A run at an MLflow server: configuration as parameters, epochs as metrics, pictures and files as artifacts.
 *
 * @param memory Keeps the run's id between sessions, so that a resumed run goes on in the same place.
 */
export function mlflowTracker(
  client: MlflowClient,
  target: { url: string; experiment: string },
  memory: { id: string | undefined; remember(id: string): Promise<void> },
): Tracker {
  let run: MlflowRun | undefined;

  const begin = async (facts: RunFacts, signal: AbortSignal): Promise<{ run: MlflowRun; isNew: boolean }> => {
    if (memory.id !== undefined) {
      try {
        const known = await client.run(memory.id, signal);
        await client.updateRun({ id: known.id, status: 'RUNNING' }, signal);
        return { run: known, isNew: false };
      } catch (error) {
        // Deleted meanwhile, or another server: a run of its own.
        if (!(error instanceof TrackerRefusal)) throw error;
      }
    }
    const experiment = await client.experiment(target.experiment, signal);
    const made = await client.createRun(
      { experiment, name: facts.name, startTime: Date.parse(facts.startedAt), tags: tagsOf(facts) },
      signal,
    );
    await memory.remember(made.id);
    memory.id = made.id;
    return { run: made, isNew: true };
  };

  return {
    name: `MLflow at ${target.url}`,
    close: async () => undefined,
    record: async (event, signal) => {
      if (event.type === 'begin') {
        const begun = await begin(event.run, signal);
        run = begun.run;
        for (const batch of batchesOf(event.run, begun.isNew ? event.history : []))
          await client.logBatch(run.id, batch, signal);
        return;
      }
      if (run === undefined) throw new TrackerRefusal('the run was not begun there');
      const current = run;
      const put = (path: string, content: Uint8Array | string) =>
        client.putArtifact(current, { path, content: Buffer.from(content) }, signal);
      switch (event.type) {
        case 'epoch':
          return client.logBatch(run.id, { metrics: metricsOf(event.record, Date.now()) }, signal);
        case 'confusion':
          return put(
            `confusion/epoch-${event.epoch}.json`,
            JSON.stringify({ labels: event.labels, matrix: event.matrix }),
          );
        case 'samples':
          for (const [path, content] of sampleFiles(event)) await put(path, content);
          return;
        case 'package':
          for (const { name, content } of await packageFiles(event)) await put(name, content);
          return;
        case 'end':
          return client.updateRun({ id: run.id, status: statuses[event.state], endTime: Date.now() }, signal);
      }
    },
  };
}

function tagsOf({ command, gitCommit, datasetDigest }: RunFacts) {
  return [
    { key: 'mlflow.source.name', value: command.slice(0, 5000) },
    ...(gitCommit === undefined ? [] : [{ key: 'mlflow.source.git.commit', value: gitCommit }]),
    { key: 'dataset.digest', value: datasetDigest },
  ];
}

function batchesOf({ config }: RunFacts, history: readonly EpochRecord[]): MlflowBatch[] {
  const params = Object.entries(flatten(config)).map(([key, value]) => ({
    key: keyOf(key),
    value: String(value).slice(0, limits.value),
  }));
  const metrics = history.flatMap((record) => metricsOf(record, Date.now()));
  return [
    ...inParts(params, limits.params).map((part) => ({ params: part })),
    ...inParts(metrics, limits.metrics).map((part) => ({ metrics: part })),
  ];
}

function metricsOf({ epoch, ...values }: EpochRecord, timestamp: number) {
  return Object.entries(flatMetrics(values)).map(([key, value]) => ({
    key: keyOf(key),
    value,
    timestamp,
    step: epoch,
  }));
}

/** Names may hold letters, digits, `_ - . /` and spaces. */
function keyOf(name: string): string {
  return name.replace(/[^\w\-./ ]/g, '_').slice(0, limits.key);
}

function inParts<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, part) =>
    items.slice(part * size, (part + 1) * size),
  );
}
