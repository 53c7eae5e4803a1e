import { type TrainingState } from '../trainer/training-state.ts';

/** A state whose steps keep parameters at zero where `mask` `[parameterCount]` is 0; they are set to zero at once. */
export function maskedState(state: TrainingState, mask: Float32Array<ArrayBuffer>): TrainingState {
  const masked = (values: Float32Array) => values.map((value, index) => value * (mask[index] ?? 1));
  const { parameters, average_parameters: average, ...rest } = state.vectors;
  return {
    step: state.step,
    vectors: {
      parameters: masked(parameters ?? new Float32Array()),
      ...rest,
      ...(average && { average_parameters: masked(average) }),
      mask,
    },
  };
}
