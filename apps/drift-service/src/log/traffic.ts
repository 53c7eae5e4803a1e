import type { PredictionLog, TrafficOptions } from '@assay/prediction-log';
import type { Traffic } from '@assay/schema';

/** What happened in a window, interval by interval. @throws AssayError `invalid-query`, `query-too-large` */
export async function measureTraffic(
  log: Pick<PredictionLog, 'traffic' | 'confusion'>,
  options: TrafficOptions,
): Promise<Traffic> {
  const { window, per } = options;
  const buckets = await log.traffic(options);
  const truths = Map.groupBy(await log.confusion(options), ({ bucket }) => (bucket as Date).getTime());
  return {
    window: { from: window.from.toISOString(), to: window.to.toISOString() },
    per,
    intervals: buckets.map(({ bucket, requests, answered, refused, failed, cancelled, ...rest }) => {
      const { decisions, codes, latency } = rest;
      const known = truths.get(bucket.getTime()) ?? [];
      const right = known.filter(({ predicted, truth }) => predicted === truth);
      return {
        from: bucket.toISOString(),
        requests,
        outcomes: { answered, refused, failed, cancelled },
        decisions,
        codes,
        ...(latency === undefined ? {} : { latencyMs: latency }),
        feedback: { given: sum(known), right: sum(right) },
      };
    }),
  };
}

const sum = (rows: Awaited<ReturnType<PredictionLog['confusion']>>): number =>
  rows.reduce((total, { count }) => total + (count as number), 0);
