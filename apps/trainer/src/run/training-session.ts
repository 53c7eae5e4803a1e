import type { NetworkSpec } from '@assay/training';
import type { MetricName } from '@assay/training-runs';
import type { TrainingConfig } from '../config/training-config.ts';
import type { PreparedData } from '../data/examples.ts';
import type { Output } from '../output.ts';
import type { Tracking } from '../tracking/open-tracking.ts';
import type { RunFolder } from './run-folder.ts';

/** What the parts of a training run share. */
export interface TrainingSession {
  config: TrainingConfig;
  data: PreparedData;
  network: NetworkSpec;
  run: RunFolder;
  output: Output;
  /** Told of every epoch. */
  tracking: Tracking;
  /** Of one operator, in training and in evaluation. */
  threads: number;
  metric: MetricName;
  /** Position of the positive label, where there is one. */
  positive: number | undefined;
  /** Asks the run to write a checkpoint and stop after the step under way. */
  signal: AbortSignal;
  /**
   * Set where a recipe is repeated on more of the data: how many of its epochs. Nothing is validated then, and nothing chosen: the last
   * weights count.
   */
  repeatEpochs?: number | undefined;
  /** Asked after each validation with the value of {@link metric}: whether the run is not worth going on with. */
  shouldStop?: ((epoch: number, value: number) => Promise<boolean>) | undefined;
}

/** Says it on the terminal and in the run's log. */
export async function report(session: Pick<TrainingSession, 'run' | 'output'>, text: string): Promise<void> {
  session.output.note(text);
  await session.run.append('run.log', `${new Date().toISOString()} ${text}`);
}
