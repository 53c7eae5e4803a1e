import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FeatureRow } from '@assay/drift-statistics';
import type { ModelPackage } from '@assay/model-registry';
import { openObjectStore, type ObjectStore } from '@assay/object-store';
import { openPredictionLog, type LoggedPrediction, type PredictionLog } from '@assay/prediction-log';
import {
  createEvent,
  inputKey,
  uuidV7,
  type CloudEvent,
  type PredictionRecord,
  type ReferenceProfile,
} from '@assay/schema';

export const HOUR = 3_600_000;
/** The hour that most tests are about. */
export const START = Date.UTC(2026, 4, 1, 7);

/** A log, a bucket and a model package with a reference, in a folder that goes with the test. */
export interface LoggedWorld {
  store: ObjectStore;
  log: PredictionLog;
  /** Gives the package for every name and version. */
  registry: { resolve(): Promise<ModelPackage> };
  /** Puts events as an object of an hour; a sink's unless the name says otherwise. */
  put(events: readonly CloudEvent<'assay.prediction.made.v1'>[], name?: string): Promise<void>;
  say(prediction: CloudEvent<'assay.prediction.made.v1'>, label: string, after?: number): Promise<void>;
  close(): Promise<void>;
}

const numeric = (mean: number, edges: number[]) => ({
  ...{ kind: 'numeric' as const, count: 100, missing: 0, mean, deviation: mean / 4 },
  ...{ minimum: mean / 2, maximum: mean * 1.5, edges },
  counts: edges.concat(0).map((_, at) => (at === 0 ? 100 - edges.length : 1)),
});

/** Two properties, a score that is given seldom, an embedding, and names. */
export const profile: ReferenceProfile = {
  schemaVersion: 1,
  inputs: 100,
  features: {
    'image.brightness': numeric(120, [90, 110, 130, 150]),
    'image.area': numeric(2e6, [1e6, 3e6]),
    'image.format': { kind: 'categorical', count: 100, missing: 0, counts: { jpeg: 90, png: 10 } },
    confidence: numeric(0.8, [0.7, 0.8, 0.9]),
    prediction: { kind: 'categorical', count: 100, missing: 0, counts: { cat: 50, dog: 50 } },
    'score.cat': numeric(0.5, [0.25, 0.5, 0.75]),
    'embedding.1': numeric(1, [0, 1, 2]),
    'no.such.value': numeric(1, [1]),
  },
};

export async function loggedWorld(content: ReferenceProfile | undefined = profile): Promise<LoggedWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'drift-windows-'));
  const store = await openObjectStore(`file:${folder}/bucket`);
  const log = await openPredictionLog(store, { memoryBytes: 200e6, threads: 1 });
  await writeFile(join(folder, 'reference-profile.json'), JSON.stringify(content));
  const model = {
    ...{ name: 'pets', version: '1', folder, path: (file: string) => join(folder, file) },
    manifest: { name: 'pets', version: '1', files: [{ path: 'reference-profile.json' }] },
  } as unknown as ModelPackage;
  let objects = 0;
  const hourFolder = (topic: string, time: string) => `${topic}/${time.slice(0, 10)}/${time.slice(11, 13)}`;
  const lines = (events: readonly unknown[]) => events.map((event) => `${JSON.stringify(event)}\n`).join('');
  return {
    store,
    log,
    registry: { resolve: () => Promise.resolve(model) },
    put: async (events, name = 'sink') => {
      const byHour = Map.groupBy(events, ({ time }) => hourFolder('predictions', time));
      for (const [at, some] of byHour) await store.put(`${at}/${name}-${objects++}.jsonl`, lines(some));
    },
    say: async (prediction, label, after = 60_000) => {
      const at = Date.parse(prediction.time) + after;
      const [id, time] = [uuidV7({ now: at }), new Date(at).toISOString()];
      const data = { id, time, requestId: id, predictionId: prediction.id, label, model: 'pets' };
      const event = createEvent({ type: 'assay.feedback.given.v1', id, source: '/spec', time, data });
      await store.put(`${hourFolder('feedback', time)}/sink-${objects++}.jsonl`, lines([event]));
    },
    close: async () => {
      await log.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** What a test says of a prediction; everything has a default. */
export interface Said {
  /** Milliseconds after {@link START}. */
  at?: number;
  client?: string;
  format?: string;
  brightness?: number;
  width?: number;
  prediction?: string;
  confidence?: number;
  scores?: Record<string, number>;
  embedding?: number[];
  milliseconds?: number;
  outcome?: PredictionRecord['outcome'];
  version?: string;
  variant?: 'fp32' | 'int8';
  kept?: boolean;
}

/** An event as inference-api sends it. */
export function predictionOf(said: Said = {}): CloudEvent<'assay.prediction.made.v1'> {
  const { at = 0, outcome = 'answered', confidence = 0.9, prediction = 'cat', variant = 'int8' } = said;
  const [id, time] = [uuidV7({ now: START + at }), new Date(START + at).toISOString()];
  const data: PredictionRecord = {
    ...{ id, time, requestId: id, outcome, stages: { total: said.milliseconds ?? 12 } },
    ...(said.client === undefined ? {} : { client: said.client }),
    model: {
      ...{ name: 'pets', version: said.version ?? '1', variant },
      ...{ digest: '1'.repeat(64), preprocessingDigest: '2'.repeat(64) },
    },
    input: {
      ...{ kind: 'image', sha256: id.replaceAll('-', '').padEnd(64, '0'), bytes: 1000 },
      ...{ format: said.format ?? 'jpeg', width: said.width ?? 2000, height: 1000 },
      ...(said.kept ? { stored: true as const } : {}),
      ...(said.brightness === undefined
        ? {}
        : {
            properties: {
              ...{
                aspect: 0.5,
                brightness: said.brightness,
                contrast: 50,
                sharpness: 0.01,
                saturation: 0.25,
              },
              ...{ redShare: 0.4, greenShare: 0.35, blueShare: 0.25, entropy: 7 },
            },
          }),
    },
    ...(outcome === 'answered'
      ? {
          answer: {
            ...{
              prediction,
              probability: confidence,
              confidence,
              margin: 0.5,
              entropy: 0.4,
              decision: prediction,
            },
            scores: said.scores ?? { cat: confidence, dog: 1 - confidence },
            ...(said.embedding ? { embedding: said.embedding } : {}),
          },
        }
      : {
          code:
            outcome === 'refused'
              ? 'unreadable-image'
              : outcome === 'failed'
                ? 'internal'
                : 'request-aborted',
        }),
  };
  return createEvent({ type: 'assay.prediction.made.v1', id, source: '/spec', time, subject: 'pets', data });
}

/** The values of a record by the names of the reference above, taken from the record itself: what counting is held against. */
export function rowOf({ prediction: { input, answer } }: LoggedPrediction): FeatureRow {
  const image = input?.kind === 'image' ? input : undefined;
  return {
    'image.brightness': image?.properties?.brightness,
    'image.area': image?.width && image.height ? image.width * image.height : undefined,
    'image.format': image?.format,
    confidence: answer?.confidence,
    prediction: answer?.prediction,
    'score.cat': answer?.scores.cat,
    'embedding.1': answer?.embedding?.[1],
  };
}

/** Key of the input of a prediction. */
export const keyOfInput = ({ data }: CloudEvent<'assay.prediction.made.v1'>) => inputKey(data.input!.sha256);
