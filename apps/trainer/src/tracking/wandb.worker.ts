import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import wandb from '@wandb/sdk';
import type { EpochRecord } from '@assay/training-runs';
import { flatMetrics } from './flatten.ts';
import { packageFiles } from './package-files.ts';
import { TrackerRefusal, type RunFacts, type TrackingEvent } from './tracker.ts';

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
  /** Trying again is no use. */
  refused?: boolean;
}

type Run = Awaited<ReturnType<typeof wandb.init>>;

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
        (error: unknown) => ({
          id,
          error: error instanceof Error ? error.message : String(error),
          refused: error instanceof TrackerRefusal,
        }),
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
      logEpoch(run, event.record);
      break;
    case 'confusion':
      logWithEpoch(run, event.epoch, { confusion: { labels: event.labels, matrix: event.matrix } });
      break;
    case 'samples':
      await logSamples(run, event);
      break;
    case 'package':
      await upload(run, await packageFiles(event));
      break;
    case 'end':
      await run.finish(event.state === 'finished' ? 0 : 1);
  }
}

/** Waits for the record of its epoch: the SDK writes one line a step. */
function logWithEpoch(run: Run, epoch: number, values: Record<string, unknown>): void {
  run.log(values, epoch, false);
}

async function logSamples(
  run: Run,
  { epoch, samples }: Extract<TrackingEvent, { type: 'samples' }>,
): Promise<void> {
  const shown = samples.filter((sample) => sample.image !== undefined);
  const files = shown.map(({ image }, index) => ({
    name: `media/images/samples_${epoch}_${index}.jpg`,
    content: image!,
  }));
  await upload(run, files);
  const images: [string, unknown][] = files.map(({ name, content }, index) => [
    `sample/${index}`,
    {
      _type: 'image-file',
      path: name,
      format: 'jpg',
      sha256: createHash('sha256').update(content).digest('hex'),
      size: content.byteLength,
      caption: `${shown[index]!.label} → ${shown[index]!.prediction}`,
    },
  ]);
  const table = samples.map(({ image: _, ...sample }) => sample);
  logWithEpoch(run, epoch, { samples: table, ...Object.fromEntries(images) });
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
