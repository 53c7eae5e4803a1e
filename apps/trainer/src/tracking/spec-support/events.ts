import type { EpochRecord } from '@assay/training-runs';
import type { RunFacts, TrackingEvent } from '../tracker.ts';

export const facts: RunFacts = {
  name: 'squares-20261120-080000',
  config: { name: 'squares', epochs: 2, optimiser: { type: 'adamw' }, labels: ['a', 'b'], 'odd key ü': 'x' },
  command: 'assay train squares.yaml',
  startedAt: '2026-11-20T08:00:00.000Z',
  datasetDigest: 'd'.repeat(64),
  gitCommit: 'c'.repeat(40),
};

export function epoch(number: number): EpochRecord {
  return {
    epoch: number,
    loss: 1 / number,
    accuracy: 0.5,
    learningRate: 0.01,
    validation: { accuracy: 0.75, macroPrecision: 0.8, macroRecall: 0.7 },
    examplesPerSecond: 100,
    seconds: number,
    cpuCores: 1.5,
    rssBytes: 1e8,
  };
}

export const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);

export const begin = { type: 'begin', run: facts, history: [] as EpochRecord[] } satisfies TrackingEvent;
export const confusion: TrackingEvent = {
  type: 'confusion',
  epoch: 1,
  labels: ['a', 'b'],
  matrix: [
    [3, 1],
    [0, 4],
  ],
};
export const samples: TrackingEvent = {
  type: 'samples',
  epoch: 1,
  samples: [{ file: 'a/1.png', label: 'a', prediction: 'b', probability: 0.9, image: jpeg }],
};
