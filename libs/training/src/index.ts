export { lossSpec, type LossSpec } from './losses/loss.ts';
export {
  type LayerSpec,
  networkSpec,
  type NetworkSpec,
  type NetworkSpecInput,
} from './network/network-spec.ts';
export { initialWeights, type NetworkWeights } from './network/initialise.ts';
export { tensorLayout, type PlacedTensor, type TensorLayout } from './network/tensor-layout.ts';
export { outputSize } from './network/walk-network.ts';
export { optimiserSpec, type OptimiserSpec } from './optimisers/optimiser.ts';
export { learningRateAt, scheduleSpec, type ScheduleSpec } from './schedules/schedule.ts';
export { initialState, stateOf, transferWeights, weightsOf } from './trainer/initial-state.ts';
export { openTrainer } from './trainer/open-trainer.ts';
export { openStepRunner } from './trainer/run-step.ts';
export { type Batch, type StepResult, type StepRunnerOptions } from './trainer/step-runner.ts';
export { type Trainer, type TrainerOptions } from './trainer/trainer.ts';
export { parseState, serialiseState, type TrainingState } from './trainer/training-state.ts';
export {
  acceptsAnySize,
  exportModel,
  modelFeatures,
  modelInput,
  modelLogits,
} from './export/export-model.ts';
export { checkExport } from './export/check-export.ts';
export { magnitudeMask } from './prune/magnitude-mask.ts';
export { maskedState } from './prune/masked-state.ts';
export { lastPruning, pruneSpec, type PruneSpec, sparsityBefore } from './prune/prune-spec.ts';
export { shrinkNetwork } from './prune/shrink-network.ts';
export { quantiseStatic, type QuantisationOptions } from './quantise/quantise-static.ts';
export type { CalibrationMethod } from './quantise/calibrate.ts';
