import { Tape } from '../tape/tape.ts';
import { type BatchInputs, emitGradient } from './gradient-graph.ts';
import { StateVectors, type StateVector } from './state-vectors.ts';
import { type StepSpec } from './step-spec.ts';
import { emitStateUpdate } from './update-graph.ts';

/** The whole training step as one ONNX model, and what to feed it. */
export interface StepGraph extends BatchInputs {
  readonly model: Uint8Array;
  readonly state: readonly StateVector[];
}

/**
 * Builds forward pass, loss, backward pass, clipping and optimiser update into one graph.
 *
 * Inputs: `examples`, `targets`, the state vectors, scalars `learning_rate`, `correction_1`, `correction_2`,
 * `average_keep`, and noise. Outputs: `loss`, `logits`, `gradient_norm` and the state after the step.
 */
export function buildStepGraph(spec: StepSpec): StepGraph {
  const tape = new Tape();
  const state = new StateVectors(tape);
  const { batch, ...gradient } = emitGradient(tape, spec, state);
  emitStateUpdate(tape, spec, { ...gradient, state });
  return { ...batch, model: tape.graph.build(), state: state.inputs };
}
