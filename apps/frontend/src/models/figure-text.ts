import { number, percent } from '../design/format.ts';
import { wordsForMetric } from './metric-words.ts';

/** A figure and how sure it is. */
export interface Measured {
  readonly value: number;
  /** 95 % interval. */
  readonly interval?: readonly [number, number];
}

/** A share to a tenth of a percent: figures of models are compared, and a percent is much. */
export function exactPercent(share: number): string {
  return share === 0 || share === 1 ? percent(share) : `${(share * 100).toFixed(1)} %`;
}

/** A figure as its kind is told. */
export function figureText(name: string, value: number): string {
  return wordsForMetric(name).isShare ? exactPercent(value) : number(value);
}

/** `77.7 – 89.1 %`; empty where there is none. */
export function intervalText(name: string, interval: Measured['interval']): string {
  if (interval === undefined) return '';
  const [from, to] = interval;
  return wordsForMetric(name).isShare
    ? `${(from * 100).toFixed(1)} – ${exactPercent(to)}`
    : `${number(from)} – ${number(to)}`;
}

/** A change with its sign: `+1.2`, `−3.4`, in points of percent. */
export function pointsText(change: number): string {
  const points = Math.abs(change * 100).toFixed(1);
  return points === '0.0' ? '±0' : `${change < 0 ? '−' : '+'}${points}`;
}
