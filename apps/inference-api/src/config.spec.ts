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
    });
  });

  it('names every variable at fault', () => {
    expect(() => readConfig({ PORT: 'http', WORKERS: '0', LOG_LEVEL: 'loud' })).toThrow(
      /PORT: expected[\s\S]*WORKERS: expected[\s\S]*LOG_LEVEL: expected/,
    );
  });
});
