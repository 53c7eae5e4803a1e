import {
  collectDefaultMetrics,
  Counter,
  Gauge,
  Histogram,
  Registry,
  type CounterConfiguration,
  type GaugeConfiguration,
  type HistogramConfiguration,
} from 'prom-client';

export type { Counter, Gauge, Histogram } from 'prom-client';

/** The metrics of one app. Names, help and label names are fixed when a metric is made; unknown labels throw. */
export interface Metrics {
  counter<L extends string>(configuration: Omit<CounterConfiguration<L>, 'registers'>): Counter<L>;
  gauge<L extends string>(configuration: Omit<GaugeConfiguration<L>, 'registers'>): Gauge<L>;
  histogram<L extends string>(configuration: Omit<HistogramConfiguration<L>, 'registers'>): Histogram<L>;
  /** Everything in Prometheus' text format. */
  text(): Promise<string>;
  /** Media type of {@link Metrics.text}. */
  readonly contentType: string;
}

export interface MetricsOptions {
  /** Adds memory, CPU, event loop and garbage collection of this process. Default true. */
  readonly process?: boolean;
}

/** A registry of its own for each app: two apps in one process do not mix. */
export function createMetrics(options: MetricsOptions = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (options.process ?? true) collectDefaultMetrics({ register: registry });
  return {
    counter: (configuration) => new Counter({ ...configuration, registers }),
    gauge: (configuration) => new Gauge({ ...configuration, registers }),
    histogram: (configuration) => new Histogram({ ...configuration, registers }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
