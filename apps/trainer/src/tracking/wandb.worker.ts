import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import wandb from '@wandb/sdk';
import { flatMetrics } from './flatten.ts';
import type { RunFacts, EpochRecord, TrackingEvent } from './tracker.ts';

export interface WandbTarget {
  project: string;
  entity?: string | undefined;
  url?: string | undefined;
  apiKey?: string | undefined;
  /** Identity of the run in its project. */
  id: string;
}
export interface WandbQuestion {
  id: number;
  event: TrackingEvent;
}
export interface WandbAnswer {
  id: number;
  error?: string;
}

type Run = Awaited<ReturnType<typeof wandb.init>>;

/** One value of the run's history: what the SDK sends is one JSON object a step. */
type History = Record<string, unknown>;

const target = workerData as WandbTarget;

/** Answers one question at a time; what the SDK throws elsewhere ends this thread, and nothing else. */
async function serve(): Promise<void> {
  let run: Run | undefined;
  const handle = async (event: TrackingEvent) => {
    if (event.type === 'begin') run = await begin(event.run, event.history);
    else if (run) await record(run, event);
  };
  let last = Promise.resolve();
  parentPort!.on('message', ({ id, event }: WandbQuestion) => {
    last = last.then(async () => {
      const answer: WandbAnswer = await handle(event).then(
        () => ({ id }),
        (error: unknown) => ({ id, error: error instanceof Error ? error.message : String(error) }),
      );
      parentPort!.postMessage(answer);
    });
  });
}

/** History is written by line number from 0: a resumed run writes its earlier epochs again, in their places. */
async function begin(facts: RunFacts, history: readonly EpochRecord[]): Promise<Run> {
  const { project, entity, url, apiKey, id } = target;
  const { command, datasetDigest, gitCommit } = facts;
  const values = { ...facts.config, command, datasetDigest, gitCommit };
  const run = await wandb.init({
    project,
    ...(entity === undefined ? {} : { entity }),
    id,
    name: facts.name,
    // W&B keeps every value of a configuration in an envelope.
    config: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value: value ?? null }])),
    settings: {
      apiKey: apiKey ?? '',
      baseUrl: (url ?? 'https://api.wandb.ai').replace(/\/+$/, ''),
      silent: true,
    },
  });
  for (const epoch of history) logEpoch(run, epoch);
  return run;
}

async function record(run: Run, event: Exclude<TrackingEvent, { type: 'begin' }>): Promise<void> {
  switch (event.type) {
    case 'epoch':
      return logEpoch(run, event.record);
    case 'confusion':
      // Waits, as do the samples, for the record of its epoch: the SDK writes one line a step.
      return run.log(
        { confusion: { labels: event.labels, matrix: event.matrix } } satisfies History,
        event.epoch,
        false,
      );
    case 'samples': {
      const { epoch, samples } = event;
      const shown = samples.filter((sample) => sample.image !== undefined);
      const files = shown.map(({ image }, index) => ({
        name: `media/images/samples_${epoch}_${index}.jpg`,
        content: image!,
      }));
      await upload(run, files);
      const table = samples.map(({ file, label, prediction, probability }) => ({
        file,
        label,
        prediction,
        probability,
      }));
      const images = files.map(({ name, content }, index) => ({
        _type: 'image-file',
        path: name,
        format: 'jpg',
        sha256: createHash('sha256').update(content).digest('hex'),
        size: content.byteLength,
        caption: `${shown[index]!.label} → ${shown[index]!.prediction}`,
      }));
      return run.log(
        {
          samples: table,
          ...Object.fromEntries(images.map((image, index) => [`sample/${index}`, image])),
        } satisfies History,
        epoch,
        false,
      );
    }
    case 'package':
      return upload(
        run,
        await Promise.all(
          event.files.map(async (name) => ({
            name: `package/${name}`,
            content: await readFile(join(event.folder, name)),
          })),
        ),
      );
    case 'end':
      return run.finish(event.state === 'finished' ? 0 : 1);
  }
}

function logEpoch(run: Run, { epoch, ...values }: EpochRecord): void {
  run.log({ epoch, ...flatMetrics(values) }, epoch);
}

interface UploadAnswer {
  model?: {
    bucket?: { files?: { uploadHeaders?: string[]; edges: { node: { name: string; url: string } }[] } };
  };
}

/** Files of a run: the SDK (0.5) asks W&B for their upload addresses but has no call of its own that sends them. */
async function upload(run: Run, files: { name: string; content: Uint8Array }[]): Promise<void> {
  if (files.length === 0) return;
  const { sender } = run._messenger;
  const answer = (await sender?.api.uploadUrls({
    name: run.project,
    entity: run.entity,
    run: run.id,
    files: files.map(({ name }) => name),
  })) as UploadAnswer | null | undefined;
  const granted = answer?.model?.bucket?.files;
  for (const { name, content } of files) {
    const url = granted?.edges.find(({ node }) => node.name === name)?.node.url;
    if (url === undefined) throw new Error(`W&B gave no address to upload ${name} to`);
    const headers = (granted?.uploadHeaders ?? []).map((line) => line.split(/:(.*)/s, 2) as [string, string]);
    const response = await fetch(url, { method: 'PUT', headers, body: Buffer.from(content) });
    if (!response.ok) throw new Error(`upload of ${name}: HTTP ${response.status}`);
  }
}

await serve();
