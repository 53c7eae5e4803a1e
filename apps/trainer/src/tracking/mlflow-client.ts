import { z } from 'zod';
import type { TrackerCredentials } from './config.ts';
import { TrackerRefusal } from './tracker.ts';

const fault = z.object({ error_code: z.string(), message: z.string().default('') });
const experimentAnswer = z.object({ experiment: z.object({ experiment_id: z.string() }) });
const createdExperiment = z.object({ experiment_id: z.string() });
const createdRun = z.object({
  run: z.object({ info: z.object({ run_id: z.string(), artifact_uri: z.string() }) }),
});

/** A run at an MLflow server. */
export interface MlflowRun {
  id: string;
  /** Where its files are kept, for example `mlflow-artifacts:/1/<id>/artifacts`. */
  artifacts: string;
}

export interface MlflowTag {
  key: string;
  value: string;
}

/** A batch of what MLflow keeps of a run; at most 1000 metrics, 100 parameters and 100 tags. */
export interface MlflowBatch {
  metrics?: { key: string; value: number; timestamp: number; step: number }[];
  params?: { key: string; value: string }[];
  tags?: MlflowTag[];
}

/** The calls of MLflow's REST API 2.0 (https://mlflow.org/docs/latest/rest-api.html) that tracking needs. */
export interface MlflowClient {
  /** The experiment's id; it is made if there is none of this name. */
  experiment(name: string, signal: AbortSignal): Promise<string>;
  createRun(
    run: { experiment: string; name: string; startTime: number; tags: MlflowTag[] },
    signal: AbortSignal,
  ): Promise<MlflowRun>;
  run(id: string, signal: AbortSignal): Promise<MlflowRun>;
  updateRun(
    run: { id: string; status: 'RUNNING' | 'FINISHED' | 'FAILED' | 'KILLED'; endTime?: number },
    signal: AbortSignal,
  ): Promise<void>;
  logBatch(id: string, batch: MlflowBatch, signal: AbortSignal): Promise<void>;
  /** Writes a file of a run through the server's artifact proxy. */
  putArtifact(
    run: MlflowRun,
    file: { path: string; content: Uint8Array },
    signal: AbortSignal,
  ): Promise<void>;
}

/** @throws TrackerRefusal from every call that the server understood and declined; other errors may pass. */
export function mlflowClient(url: string, credentials: TrackerCredentials['mlflow']): MlflowClient {
  const base = `${url.replace(/\/+$/, '')}/api/2.0`;
  const headers = authorisation(credentials);
  const call = async (
    path: string,
    init: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> },
  ) => {
    const response = await fetch(`${base}${path}`, { ...init, headers: { ...headers, ...init.headers } });
    const text = await response.text();
    if (response.ok) return text;
    const { data } = fault.safeParse(parseJson(text));
    const message = `HTTP ${response.status}${data ? ` ${data.error_code}: ${data.message}` : ''}`.slice(
      0,
      300,
    );
    const mayPass = response.status >= 500 || response.status === 408 || response.status === 429;
    throw mayPass ? new Error(message) : new MlflowRefusal(message, data?.error_code ?? '');
  };
  const post = (path: string, body: unknown, signal: AbortSignal) =>
    call(`/mlflow/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal,
    });
  const get = (path: string, signal: AbortSignal) => call(`/mlflow/${path}`, { signal });

  const findExperiment = async (name: string, signal: AbortSignal) => {
    const text = await get(`experiments/get-by-name?experiment_name=${encodeURIComponent(name)}`, signal);
    return experimentAnswer.parse(parseJson(text)).experiment.experiment_id;
  };
  const readRun = (text: string): MlflowRun => {
    const { run_id: id, artifact_uri: artifacts } = createdRun.parse(parseJson(text)).run.info;
    return { id, artifacts };
  };

  return {
    experiment: async (name, signal) => {
      try {
        return await findExperiment(name, signal);
      } catch (error) {
        if (!isRefusal(error, 'RESOURCE_DOES_NOT_EXIST')) throw error;
      }
      try {
        return createdExperiment.parse(parseJson(await post('experiments/create', { name }, signal)))
          .experiment_id;
      } catch (error) {
        // Another run was quicker.
        if (isRefusal(error, 'RESOURCE_ALREADY_EXISTS')) return findExperiment(name, signal);
        throw error;
      }
    },
    createRun: async ({ experiment, name, startTime, tags }, signal) =>
      readRun(
        await post(
          'runs/create',
          { experiment_id: experiment, run_name: name, start_time: startTime, tags },
          signal,
        ),
      ),
    run: async (id, signal) => readRun(await get(`runs/get?run_id=${encodeURIComponent(id)}`, signal)),
    updateRun: async ({ id, status, endTime }, signal) => {
      await post('runs/update', { run_id: id, status, end_time: endTime }, signal);
    },
    logBatch: async (id, batch, signal) => {
      await post('runs/log-batch', { run_id: id, ...batch }, signal);
    },
    putArtifact: async ({ artifacts }, { path, content }, signal) => {
      const root = /^mlflow-artifacts:(?:\/\/[^/]*)?\/(.*)$/.exec(artifacts)?.[1];
      if (root === undefined)
        throw new TrackerRefusal(
          `files of this experiment are kept at ${artifacts}, which the server does not take uploads for; ` +
            'start it with --serve-artifacts',
        );
      const place = `${root}/${path}`.split('/').map(encodeURIComponent).join('/');
      await call(`/mlflow-artifacts/artifacts/${place}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/octet-stream' },
        body: Buffer.from(content),
        signal,
      });
    },
  };
}

/** A refusal with MLflow's own code. */
class MlflowRefusal extends TrackerRefusal {
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

function isRefusal(error: unknown, code: string): boolean {
  return error instanceof MlflowRefusal && error.code === code;
}

function authorisation({ token, username, password }: TrackerCredentials['mlflow']): Record<string, string> {
  if (token !== undefined) return { authorization: `Bearer ${token}` };
  if (username === undefined) return {};
  const basic = Buffer.from(`${username}:${password ?? ''}`).toString('base64');
  return { authorization: `Basic ${basic}` };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
