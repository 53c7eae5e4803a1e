import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.ts';

describe('readConfig', () => {
  it('has defaults for everything', () => {
    expect(readConfig({})).toMatchObject({
      port: 8081,
      registry: 'models',
      defaultModel: 'ai-vs-real',
      otherWorkers: 1,
      queueLimit: 64,
      limits: { fileBytes: 20_971_520, batchBytes: 67_108_864, batchInputs: 1000 },
      maxInputPixels: 50_000_000,
      modelPollMs: 30_000,
      eventBus: 'sqlite:.assay/events.db',
      objectStore: 'file:.assay/bucket',
      predictionLog: {
        delivery: 'acknowledged',
        timeoutMs: 250,
        outbox: '.assay/outbox/inference-api.db',
        outboxBytes: 67_108_864,
        images: { keep: 'none' },
        imagesTtlDays: 30,
      },
    });
  });

  it('reads where things live and which images are kept', () => {
    const set = {
      EVENT_BUS_URL: 'pubsub://my-project',
      OBJECT_STORE_URL: 'gs://my-bucket',
      LOG_IMAGES: 'sample:0.01',
    };
    expect(readConfig(set)).toMatchObject({
      eventBus: 'pubsub://my-project',
      objectStore: 'gs://my-bucket',
      predictionLog: { images: { keep: 'sample', share: 0.01 } },
    });
  });

  it.each([
    [
      { EVENT_BUS_URL: 'kafka://broker' },
      'EVENT_BUS_URL: expected a URL that begins with sqlite: or pubsub://',
    ],
    [{ OBJECT_STORE_URL: 'file:' }, 'OBJECT_STORE_URL: expected a URL that begins with file: or gs://'],
    [{ LOG_IMAGES: 'all' }, 'LOG_IMAGES: expected none, uncertain, or sample:'],
    [{ PREDICTION_LOG_DELIVERY: 'soon' }, 'expected one of acknowledged, background, none'],
  ])('refuses %j', (set, message) => {
    expect(() => readConfig(set)).toThrow(message);
  });

  it('names every variable at fault', () => {
    expect(() => readConfig({ PORT: 'http', WORKERS: '0', LOG_LEVEL: 'loud' })).toThrow(
      /PORT: expected[\s\S]*WORKERS: expected[\s\S]*LOG_LEVEL: expected/,
    );
  });
});
