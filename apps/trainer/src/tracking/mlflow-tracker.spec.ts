import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { mlflowClient } from './mlflow-client.ts';
import { mlflowTracker } from './mlflow-tracker.ts';
import { begin, confusion, epoch, facts, jpeg, samples } from './spec-support/events.ts';
import { httpFake } from './spec-support/http-fake.ts';
import { mlflowFake } from './spec-support/mlflow-fake.ts';
import { TrackerRefusal } from './tracker.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-mlflow-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const { signal } = new AbortController();

function trackerAt(url: string, id?: string) {
  const remembered: string[] = [];
  const tracker = mlflowTracker(
    mlflowClient(url, {}),
    { url, experiment: 'shapes' },
    { id, remember: async (own) => void remembered.push(own) },
  );
  return { tracker, remembered };
}

describe('mlflowTracker', () => {
  it('keeps a whole run: parameters, metrics by epoch, pictures, package, end', async () => {
    await using server = await mlflowFake();
    const { tracker, remembered } = trackerAt(server.url);
    writeFileSync(join(folder, 'MODEL_CARD.md'), '# squares');
    await tracker.record(begin, signal);
    await tracker.record(confusion, signal);
    await tracker.record(samples, signal);
    await tracker.record({ type: 'epoch', record: epoch(1) }, signal);
    await tracker.record({ type: 'epoch', record: epoch(2) }, signal);
    await tracker.record(
      { type: 'package', name: 'squares', version: '1.0.0', folder, files: ['MODEL_CARD.md'] },
      signal,
    );
    await tracker.record({ type: 'end', state: 'finished' }, signal);

    expect(remembered).toEqual(['run1']);
    const run = server.runs.get('run1')!;
    expect(run).toMatchObject({ status: 'FINISHED', name: facts.name });
    expect(run.tags).toMatchObject({
      'mlflow.source.git.commit': facts.gitCommit,
      'dataset.digest': facts.datasetDigest,
    });
    expect(run.params).toMatchObject({
      epochs: '2',
      'optimiser.type': 'adamw',
      'labels.1': 'b',
      'odd key _': 'x',
    });
    const of = (key: string) => run.metrics.filter((metric) => metric.key === key);
    expect(of('loss').map(({ step, value }) => [step, value])).toEqual([
      [1, 1],
      [2, 0.5],
    ]);
    expect(of('validation/macroRecall')).toHaveLength(2);
    expect(of('cpuCores')[0]!.value).toBe(1.5);
    expect(Object.keys(run.files).sort()).toEqual([
      'confusion/epoch-1.json',
      'package/MODEL_CARD.md',
      'samples/epoch-1/00.jpg',
      'samples/epoch-1/samples.json',
    ]);
    expect(run.files['samples/epoch-1/00.jpg']).toEqual(Buffer.from(jpeg));
    expect(JSON.parse(String(run.files['samples/epoch-1/samples.json']))).toEqual([
      { file: 'a/1.png', label: 'a', prediction: 'b', probability: 0.9, image: '00.jpg' },
    ]);
  });

  it('goes on under the same id, and sends earlier epochs only to a new run', async () => {
    await using server = await mlflowFake();
    const first = trackerAt(server.url);
    await first.tracker.record(begin, signal);
    const resumed = { ...begin, history: [epoch(1)] };
    await trackerAt(server.url, 'run1').tracker.record(resumed, signal);
    expect(server.runs.size).toBe(1);
    expect(server.runs.get('run1')!.metrics).toEqual([]);

    const elsewhere = trackerAt(server.url, 'deleted');
    await elsewhere.tracker.record(resumed, signal);
    expect(elsewhere.remembered).toEqual(['run2']);
    expect(server.runs.get('run2')!.metrics.find(({ key }) => key === 'loss')).toMatchObject({ step: 1 });
  });

  it('keeps to the limits of a request', async () => {
    await using server = await mlflowFake();
    const config = Object.fromEntries(Array.from({ length: 250 }, (_, at) => [`key${at}`, 'v'.repeat(900)]));
    const history = Array.from({ length: 300 }, (_, at) => epoch(at + 1));
    await trackerAt(server.url).tracker.record({ type: 'begin', run: { ...facts, config }, history }, signal);
    const run = server.runs.get('run1')!;
    expect(Object.keys(run.params)).toHaveLength(250);
    expect(run.metrics.filter(({ key }) => key === 'loss')).toHaveLength(300);
  });

  it('says why files cannot be kept where the server does not serve them', async () => {
    await using server = await mlflowFake({ artifactRoot: 's3://bucket/' });
    const { tracker } = trackerAt(server.url);
    await tracker.record(begin, signal);
    await expect(tracker.record(confusion, signal)).rejects.toThrow(/s3:\/\/bucket.*--serve-artifacts/);
  });

  it('tells what may pass from what never will', async () => {
    let status = 503;
    await using server = await httpFake(() => ({ status, json: { error_code: 'X', message: 'why' } }));
    await expect(trackerAt(server.url).tracker.record(begin, signal)).rejects.not.toBeInstanceOf(
      TrackerRefusal,
    );
    status = 403;
    await expect(trackerAt(server.url).tracker.record(begin, signal)).rejects.toMatchObject({
      name: 'TrackerRefusal',
      message: 'HTTP 403 X: why',
    });
  });

  it('sends the credentials it was given', async () => {
    await using server = await httpFake(() => ({ json: { experiment: { experiment_id: '1' } } }));
    await mlflowClient(server.url, { token: 't' }).experiment('e', signal);
    await mlflowClient(`${server.url}/`, { username: 'u', password: 'p' }).experiment('e', signal);
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer t',
      `Basic ${Buffer.from('u:p').toString('base64')}`,
    ]);
    expect(server.requests[1]!.path).toBe('/api/2.0/mlflow/experiments/get-by-name');
  });
});
