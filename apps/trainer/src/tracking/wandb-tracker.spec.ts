import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { begin, confusion, epoch, facts, jpeg, samples } from './spec-support/events.ts';
import { httpFake, jsonOf, type FakeAnswer, type FakeRequest } from './spec-support/http-fake.ts';
import { wandbTracker } from './wandb-tracker.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-wandb-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const { signal } = new AbortController();
const apiKey = 'k'.repeat(40);

/** The calls of W&B's service that the SDK makes: GraphQL, the file stream, uploads. */
async function wandbFake() {
  const lines = new Map<number, Record<string, unknown>>();
  const uploads: Record<string, Buffer> = {};
  const stream: unknown[] = [];
  let upserted: Record<string, unknown> = {};
  const answer = (request: FakeRequest): FakeAnswer => {
    if (request.method === 'PUT') {
      uploads[request.path.slice('/upload/'.length)] = request.body;
      return {};
    }
    if (request.path === '/graphql') {
      const { query, variables } = jsonOf(request) as { query: string; variables: Record<string, unknown> };
      if (query.includes('query Viewer')) return { json: { data: { viewer: { id: '1', entity: 'team' } } } };
      if (query.includes('mutation UpsertBucket')) {
        upserted = variables;
        return {
          json: { data: { upsertBucket: { bucket: { id: 'b', displayName: variables.displayName } } } },
        };
      }
      const names = variables.files as string[];
      const edges = names.map((name) => ({ node: { name, url: `${server.url}/upload/${name}` } }));
      const files = { uploadHeaders: ['X-Kind: file'], edges };
      return { json: { data: { model: { bucket: { id: 'b', files } } } } };
    }
    const body = jsonOf(request) as {
      files?: Record<string, { offset: number; content: string[] }>;
      exitcode?: number;
    };
    stream.push(body);
    const history = body.files?.['wandb-history.jsonl'];
    history?.content.forEach((line, index) =>
      lines.set(history.offset + index, JSON.parse(line) as Record<string, unknown>),
    );
    return {};
  };
  const server = await httpFake(answer);
  return { server, lines, uploads, stream, upserted: () => upserted };
}

describe('wandbTracker', () => {
  it('tells the service of a whole run through its SDK', async () => {
    const fake = await wandbFake();
    await using server = fake.server;
    const tracker = wandbTracker({ project: 'shapes', url: server.url }, { apiKey });
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
    await tracker.close();

    expect(fake.upserted()).toMatchObject({ project: 'shapes', entity: 'team', name: facts.name });
    expect(JSON.parse(String(fake.upserted().config))).toMatchObject({
      epochs: { value: 2 },
      datasetDigest: { value: facts.datasetDigest },
      gitCommit: { value: facts.gitCommit },
    });
    expect(fake.lines.get(0)).toMatchObject({
      _step: 1,
      loss: 1,
      'validation/macroPrecision': 0.8,
      cpuCores: 1.5,
      confusion: { labels: ['a', 'b'] },
      'sample/0': { _type: 'image-file', path: 'media/images/samples_1_0.jpg', size: 4 },
    });
    expect(fake.lines.get(1)).toMatchObject({ _step: 2, loss: 0.5 });
    expect(fake.lines.get(1)).not.toHaveProperty('confusion');
    expect(fake.uploads['media/images/samples_1_0.jpg']).toEqual(Buffer.from(jpeg));
    expect(String(fake.uploads['package/MODEL_CARD.md'])).toBe('# squares');
    expect(fake.stream.at(-1)).toEqual({ complete: true, exitcode: 0 });
    expect(server.requests[0]!.headers.authorization).toBe(
      `Basic ${Buffer.from(`api:${apiKey}`).toString('base64')}`,
    );
  });

  it('writes the epochs before a resumption again, in their places', async () => {
    const fake = await wandbFake();
    await using server = fake.server;
    const tracker = wandbTracker({ project: 'shapes', entity: 'me', url: server.url }, { apiKey });
    await tracker.record({ ...begin, history: [epoch(1), epoch(2)] }, signal);
    await tracker.record({ type: 'epoch', record: epoch(3) }, signal);
    await tracker.record({ type: 'end', state: 'stopped' }, signal);
    await tracker.close();
    expect([...fake.lines].map(([line, { _step }]) => [line, _step])).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
    expect(fake.upserted()).toMatchObject({ entity: 'me' });
    expect(fake.stream.at(-1)).toEqual({ complete: true, exitcode: 1 });
  });

  it('fails like a tracker, not like a process, where the service or the key is not there', async () => {
    const nowhere = wandbTracker({ project: 'p', url: 'http://127.0.0.1:1' }, { apiKey });
    await expect(nowhere.record(begin, signal)).rejects.toThrow();
    await nowhere.close();
    await using server = await httpFake(() => ({ status: 401 }));
    const stranger = wandbTracker({ project: 'p', url: server.url }, {});
    await expect(stranger.record(begin, signal)).rejects.toThrow(/API key/);
    await stranger.close();
  });
});
