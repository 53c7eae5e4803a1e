import { mkdtempSync } from 'node:fs';
import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sweepDetails, sweepList, trainingRun, trainingRunList } from '@assay/schema';
import { createHealth, createLogger, createMetrics, createServiceApp } from '@assay/service-kit';
import supertest from 'supertest';
import { runRoutes } from './run-routes.ts';
import { sweepRoutes } from './sweep-routes.ts';

const state = mkdtempSync(join(tmpdir(), 'assay-page-runs-'));
beforeAll(async () => {
  const write = async (path: string, value: unknown) => {
    await mkdir(join(state, path, '..'), { recursive: true });
    await writeFile(join(state, path), typeof value === 'string' ? value : JSON.stringify(value));
  };
  const made = { command: 'assay train', startedAt: '2026-11-20T08:00:00Z', datasetDigest: 'd' };
  const run = 'runs/wine-20261120-080000';
  await write(`${run}/config.yaml`, 'epochs: 3\noptimiser: { type: adam }\nhidden: [64, 32]\n');
  await write(`${run}/run.json`, made);
  await write(
    `${run}/metrics.jsonl`,
    '{"epoch":1,"loss":2,"accuracy":0.5,"learningRate":0.1,"seconds":1.5,"validation":{"accuracy":0.4,"auroc":null}}\n{"epoch":2,"lo',
  );
  await write('runs/broken-20261119-080000/config.yaml', 'epochs: 3');
  await write('runs/broken-20261119-080000/run.json', '{');
  await write('secret/config.yaml', 'epochs: 1');
  await write('secret/run.json', made);
  await symlink(join(state, 'secret'), join(state, 'runs', '.hidden'));
  await write('sweeps/wine/sweep.json', {
    config: { positiveLabel: 'good' },
    parameters: {
      rate: { type: 'log-uniform', from: 0.1, to: 1 },
      hidden: { type: 'choice', values: [[1], [2]] },
    },
  });
  await write('sweeps/wine/trials/trial-001.json', {
    trial: 1,
    values: { rate: 0.3, hidden: [2] },
    status: 'finished',
    seen: [],
    best: { epoch: 4, value: 0.75, logLoss: 0.5 },
    seconds: 9,
  });
  await write('sweeps/wine/trials/trial-000.json', { trial: 0, values: {}, status: 'running', seen: [] });
});
afterAll(() => rm(state, { recursive: true, force: true }));

const client = (folder: string) =>
  supertest(
    createServiceApp({
      info: { title: 'runs', version: '1', description: 'runs' },
      logger: createLogger({ service: 'test', level: 'silent' }),
      health: createHealth(),
      metrics: createMetrics({ process: false }),
      routes: [...runRoutes(folder), ...sweepRoutes(folder)],
    }),
  );

describe('runs of the trainer', () => {
  it('are listed, and one that is damaged does not hide the others', async () => {
    const { body } = await client(state).get('/api/runs').expect(200);
    const { runs, unreadable } = trainingRunList.parse(body);
    expect(runs).toEqual([
      {
        id: 'wine-20261120-080000',
        startedAt: '2026-11-20T08:00:00Z',
        state: 'interrupted',
        epochs: 1,
        plannedEpochs: 3,
        metric: 'accuracy',
        seconds: 1.5,
        datasetDigest: 'd',
      },
    ]);
    expect(unreadable).toEqual(['broken-20261119-080000']);
  });

  it('are told with settings and curve, as far as the last whole line', async () => {
    const { body } = await client(state).get('/api/runs/wine-20261120-080000').expect(200);
    const { settings, curve } = trainingRun.parse(body);
    expect(settings).toEqual({ epochs: 3, 'optimiser.type': 'adam', hidden: '[64,32]' });
    expect(curve).toEqual([
      { epoch: 1, loss: 2, accuracy: 0.5, learningRate: 0.1, validation: { accuracy: 0.4, auroc: null } },
    ]);
  });

  it.each(['..', '..%2Fsecret', '%2e%2e%2fsecret', '.hidden', 'none', 'wine%00', 'a%2Fb', '%2Fetc'])(
    'are folders of that place: not %s',
    async (id) => {
      await client(state).get(`/api/runs/${id}`).expect(404);
      await client(state).get(`/api/sweeps/${id}`).expect(404);
    },
  );

  it('need not be there', async () => {
    const empty = join(state, 'empty');
    expect((await client(empty).get('/api/runs')).body).toEqual({ runs: [], unreadable: [] });
    expect((await client(empty).get('/api/sweeps')).body).toEqual({ sweeps: [], unreadable: [] });
    expect(await readdir(state)).not.toContain('empty');
  });
});

describe('sweeps of the trainer', () => {
  it('are listed and told, with the trials in their order', async () => {
    const { body: list } = await client(state).get('/api/sweeps').expect(200);
    expect(sweepList.parse(list).sweeps).toEqual([{ id: 'wine', metric: 'auroc', trials: 2, ended: 1 }]);
    const { body } = await client(state).get('/api/sweeps/wine').expect(200);
    const { parameters, trials } = sweepDetails.parse(body);
    expect(parameters).toEqual([
      { key: 'rate', isLogarithmic: true },
      { key: 'hidden', isLogarithmic: false },
    ]);
    expect(trials).toEqual([
      { trial: 0, status: 'running', values: {} },
      {
        trial: 1,
        status: 'finished',
        values: { rate: 0.3, hidden: '[2]' },
        value: 0.75,
        epoch: 4,
        seconds: 9,
      },
    ]);
  });
});
