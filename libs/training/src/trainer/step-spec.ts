import { type LossSpec } from '../losses/loss.ts';
import { type NetworkSpec } from '../network/network-spec.ts';
import { type OptimiserSpec } from '../optimisers/optimiser.ts';

/** What a training step computes. */
export interface StepSpec {
  readonly network: NetworkSpec;
  readonly batchSize: number;
  readonly loss: LossSpec;
  readonly optimiser: OptimiserSpec;
  /** Whether an exponential moving average of the weights is kept. */
  readonly average: boolean;
  /** Whether the state has a `mask`, 0 for each parameter that is to stay at zero. Default false. */
  readonly masked?: boolean;
}
