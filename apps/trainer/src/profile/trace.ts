import type { Profile } from './span.ts';

/** Rows of the timeline. */
const lanes = { runs: 1, operators: 2 } as const;

/**
 * All runs on one timeline, in Chrome's trace event format: chrome://tracing, Perfetto and Speedscope open it.
 *
 * @returns JSON; times in microseconds
 */
export function traceOf({ subject, unit, runs }: Profile): string {
  const name = (tid: number, text: string) => ({
    name: 'thread_name',
    ph: 'M',
    pid: 1,
    tid,
    args: { name: text },
  });
  const events = runs.flat().map(({ path, start, duration, operator }) => ({
    name: operator?.type ?? path.at(-1) ?? unit,
    cat: path.slice(0, -1).join('/') || unit,
    ph: 'X',
    pid: 1,
    tid: operator ? lanes.operators : lanes.runs,
    ts: Math.round(start * 1000),
    dur: Math.round(duration * 1000),
    args: operator ? { node: operator.node, sizes: operator.sizes } : {},
  }));
  return JSON.stringify({
    displayTimeUnit: 'ms',
    otherData: { subject },
    traceEvents: [name(lanes.runs, `${unit}s`), name(lanes.operators, 'operators'), ...events],
  });
}
