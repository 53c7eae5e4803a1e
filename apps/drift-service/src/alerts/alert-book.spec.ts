import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openObjectStore, type ObjectStore } from '@assay/object-store';
import { driftAlert, type DriftNotice } from '@assay/schema';
import { sampleReport } from '@assay/testing';
import { createAlertBook } from './alert-book.ts';
import { slackMessage } from './slack-message.ts';
import { createWebhook } from './webhook.ts';
import { listeningWebhook } from './webhook.fixture.ts';

const window = { from: '2026-11-19T14:00:00.000Z', to: '2026-11-20T14:00:00.000Z' };
const now = () => new Date('2026-11-20T14:05:00.000Z');
const drifted = (model = 'wine') =>
  sampleReport({ id: `${model}-1`, model, window, drifted: ['alcohol', 'ash'] });

describe('createAlertBook', () => {
  let folder: string;
  let store: ObjectStore;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-alerts-'));
    store = await openObjectStore(`file:${folder}`);
  });
  afterEach(() => rm(folder, { recursive: true }));

  const bookOf = (url: string | undefined) =>
    createAlertBook({
      store,
      webhook: url === undefined ? undefined : createWebhook(url, { firstWaitMs: 1 }),
      now,
    });

  it('tells once, also where several consider the report, and after a restart', async () => {
    await using hook = await listeningWebhook();
    await Promise.all([bookOf(hook.url).consider(drifted()), bookOf(hook.url).consider(drifted())]);
    const book = bookOf(hook.url);
    await book.consider(drifted());
    await book.deliver();
    await bookOf(hook.url).deliver();
    expect(hook.messages.map(({ text }) => text)).toEqual(['Drift: wine. wine: drifted in alcohol, ash.']);
    const [alert] = await book.list();
    expect(driftAlert.parse(alert).history.map(({ delivery }) => delivery)).toEqual(['delivered']);
  });

  it('tries again where the other side fails, hangs up or is busy', async () => {
    await using hook = await listeningWebhook([503, 0, 429]);
    const book = bookOf(hook.url);
    await book.consider(drifted());
    await book.deliver();
    expect([hook.attempts, hook.messages.length]).toEqual([4, 1]);
  });

  it('keeps what could not be told for the next time, and does not tell the address', async () => {
    await using hook = await listeningWebhook([500, 500, 500, 500]);
    const book = bookOf(hook.url);
    await book.consider(drifted());
    const fault = await book.deliver().catch((error: unknown) => error as Error);
    expect(fault).toEqual(new Error('the webhook (DRIFT_WEBHOOK_URL) answered 500'));
    expect((await book.list('wine'))[0]?.history[0]?.delivery).toBe('pending');
    await book.deliver();
    expect(hook.messages).toHaveLength(1);
    const gone = createWebhook('http://127.0.0.1:1/services/secret', { firstWaitMs: 1 });
    await expect(gone.send('wine', (await book.list())[0]!.history[0]!)).rejects.toThrow(/^((?!secret).)*$/);
  });

  it('gives up what the other side refuses for good', async () => {
    await using hook = await listeningWebhook([404]);
    const book = bookOf(hook.url);
    await book.consider(drifted());
    await expect(book.deliver()).rejects.toThrow('answered 404');
    await book.deliver();
    expect(hook.attempts).toBe(1);
    expect((await book.list())[0]?.history[0]?.delivery).toBe('failed');
  });

  it('keeps the history where there is nobody to tell', async () => {
    const book = bookOf(undefined);
    await book.consider(drifted());
    await book.consider(drifted('birds'));
    await book.deliver();
    expect((await book.list()).map(({ model, history }) => [model, history[0]?.delivery])).toEqual([
      ['birds', 'none'],
      ['wine', 'none'],
    ]);
    expect(await book.list('nothing')).toEqual([]);
  });
});

describe('slackMessage', () => {
  const notice: DriftNotice = {
    kind: 'spread',
    time: now().toISOString(),
    report: 'wine-1',
    window,
    delivery: 'pending',
    summary: 'More <b>red</b> & less `white`.',
    features: Array.from({ length: 12 }, (_, at) => `feature.<${at}>`),
  };

  it('names ten features, links the report, and lets no name be markup', () => {
    const { text, blocks } = slackMessage('wine', notice, 'https://drift.example');
    expect(text).toBe('Drift spreads: wine. More &lt;b&gt;red&lt;/b&gt; &amp; less ˋwhiteˋ.');
    const all = JSON.stringify(blocks);
    expect(all).toContain('`feature.&lt;9&gt;` and 2 more');
    expect(all).toContain('<https://drift.example/reports/wine-1.html|Report>');
    expect(blocks.map(({ type }) => type)).toEqual(['header', 'section', 'section', 'context']);
  });
});
