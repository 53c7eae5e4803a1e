import type { AssayError, ProblemCode } from '@assay/schema';
import type { Metrics } from '@assay/service-kit';

/** `failed` are faults of ours, `refused` faults of the request or too many of them. */
export type Outcome = 'answered' | 'refused' | 'failed' | 'cancelled';

/** How a prediction that failed is counted. */
export function outcomeOf(error: AssayError): Exclude<Outcome, 'answered'> {
  if (error.code === 'request-aborted') return 'cancelled';
  return error.status >= 500 ? 'failed' : 'refused';
}

/** What is counted of predictions. */
export interface PredictionMetrics {
  /** @param model a served model's name; others would let callers invent label values */
  finished(model: string, outcome: Outcome, seconds: number): void;
  error(code: ProblemCode): void;
  /** @param stages milliseconds */
  stages(stages: Readonly<Record<string, number>>): void;
  imageSize(bytes: number): void;
}

/** @param depth gives the predictions that are worked on or wait, whenever metrics are read */
export function createPredictionMetrics(metrics: Metrics, depth: () => number): PredictionMetrics {
  const requests = metrics.counter({
    name: 'prediction_requests_total',
    help: 'Predictions asked for, by model and outcome (answered, refused, failed, cancelled)',
    labelNames: ['model', 'outcome'],
  });
  const errors = metrics.counter({
    name: 'prediction_errors_total',
    help: 'Predictions not given, by code of the problem',
    labelNames: ['code'],
  });
  const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
  const duration = metrics.histogram({
    name: 'prediction_duration_seconds',
    help: 'From the arrival of a request to its answer, answered predictions only',
    buckets,
  });
  const stage = metrics.histogram({
    name: 'prediction_stage_seconds',
    help: 'Time by stage of answered predictions',
    labelNames: ['stage'],
    buckets,
  });
  const size = metrics.histogram({
    name: 'image_size_bytes',
    help: 'Size of the encoded images',
    buckets: [1e3, 1e4, 5e4, 1e5, 2.5e5, 5e5, 1e6, 2.5e6, 5e6, 1e7, 2.5e7],
  });
  metrics.gauge({
    name: 'prediction_queue_depth',
    help: 'Predictions that are worked on or wait',
    collect() {
      this.set(depth());
    },
  });
  return {
    finished(model, outcome, seconds) {
      requests.inc({ model, outcome });
      if (outcome === 'answered') duration.observe(seconds);
    },
    error: (code) => errors.inc({ code }),
    stages(stages) {
      for (const [name, milliseconds] of Object.entries(stages))
        stage.observe({ stage: name }, milliseconds / 1000);
    },
    imageSize: (bytes) => size.observe(bytes),
  };
}
