import type { TrainingRunEntry } from '@assay/schema';
import type { Tone } from '../../design/badge.tsx';
import { figureText } from '../figure-text.ts';
import { wordsForMetric } from '../metric-words.ts';

/** How a run stands. */
export const RUN_STATES: Readonly<Record<TrainingRunEntry['state'], { words: string; tone: Tone }>> = {
  running: { words: 'goes on', tone: 'accent' },
  finished: { words: 'finished', tone: 'good' },
  stopped: { words: 'stopped', tone: 'plain' },
  failed: { words: 'failed', tone: 'bad' },
  interrupted: { words: 'interrupted', tone: 'warn' },
};

/** `Accuracy 81.0 %, epoch 12`. */
export function bestWords({ best, metric }: Pick<TrainingRunEntry, 'best' | 'metric'>): string {
  if (best === undefined) return '–';
  return `${wordsForMetric(metric).name} ${figureText(metric, best.value)}, epoch ${best.epoch}`;
}

/** `34 s`, `12 min`, `2.4 h`. */
export function spanWords(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
