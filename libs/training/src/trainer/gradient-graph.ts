import { attribute } from '@assay/onnx-graph';
import { emitLoss } from '../losses/loss.ts';
import { buildForward, splitState } from '../network/build-forward.ts';
import { exampleShape } from '../network/network-spec.ts';
import { tensorLayout } from '../network/tensor-layout.ts';
import { outputSize } from '../network/walk-network.ts';
import { mean } from '../operations/mean.ts';
import { Tape } from '../tape/tape.ts';
import { type Shape } from '../tape/variable.ts';
import { StateVectors, type StateVector } from './state-vectors.ts';
import { type StepSpec } from './step-spec.ts';

/** What a graph that sees a batch is fed besides the state. */
export interface BatchInputs {
  readonly noise: readonly { readonly name: string; readonly shape: Shape }[];
  /** `[B, …]` of the examples, `[B, K]` of the targets. */
  readonly inputShape: Shape;
  readonly targetShape: Shape;
}

/** Forward and backward pass as one ONNX model. */
export interface GradientGraph extends BatchInputs {
  readonly model: Uint8Array;
  readonly state: readonly StateVector[];
}

/** Tensors that a forward and backward pass leave. */
export interface Gradient {
  /** `[parameterCount]` */
  readonly gradient: string;
  /** Running statistics after the batch, `[statisticCount]`; where the network has any. */
  readonly statistics: string | undefined;
  readonly batch: BatchInputs;
}

/** Emits forward pass, loss and backward pass, and the outputs `loss` and `logits`. */
export function emitGradient(tape: Tape, spec: StepSpec, state: StateVectors): Gradient {
  const { network, batchSize } = spec;
  const { graph } = tape;
  const layout = tensorLayout(network);
  const inputShape = [batchSize, ...exampleShape(network)];
  const targetShape = [batchSize, outputSize(network)];
  const examples = tape.variable(graph.input('examples', inputShape), inputShape, { needsGradient: false });
  const targets = graph.input('targets', targetShape);
  const parameters = state.input('parameters', layout.parameterCount);
  const statistics = layout.statisticCount > 0 ? state.input('statistics', layout.statisticCount) : '';
  const tensors = splitState(tape, layout, { parameters, statistics });

  const forward = buildForward(tape, network, { input: examples, state: tensors, mode: 'train' });
  const loss = tape.within('loss', () =>
    mean(
      tape,
      forward.members.map((logits) => emitLoss(tape, logits, { targets, spec: spec.loss })),
    ),
  );
  const gradients = tape.gradients(loss, [...tensors.parameters.values()]);
  const flat = gradients.map((gradient) => tape.reshape(gradient, [-1]));
  const concat = (parts: readonly string[]) => tape.emit('Concat', parts, { axis: attribute.int(0) });
  const gradient = concat(flat);
  const latest = layout.statistics.map(({ name }) => forward.statistics.get(name) ?? '');
  output(tape, 'loss', { tensor: loss.name, shape: [] });
  output(tape, 'logits', { tensor: forward.logits.name, shape: targetShape });
  return {
    gradient,
    statistics: latest.length > 0 ? concat(latest) : undefined,
    batch: { noise: forward.noise, inputShape, targetShape },
  };
}

/** Gives a tensor a name that the outside knows. */
export function output(tape: Tape, name: string, of: { tensor: string; shape: Shape }): void {
  tape.graph.op('Identity', [of.tensor], {}, { output: name });
  tape.graph.output(name, of.shape);
}

/**
 * The part of a step that sees a batch: outputs `loss`, `logits`, `gradient` and, where the network has running
 * statistics, `next_statistics`.
 */
export function buildGradientGraph(spec: StepSpec): GradientGraph {
  const tape = new Tape();
  const state = new StateVectors(tape);
  const { gradient, statistics, batch } = emitGradient(tape, spec, state);
  const { parameterCount, statisticCount } = tensorLayout(spec.network);
  output(tape, 'gradient', { tensor: gradient, shape: [parameterCount] });
  if (statistics !== undefined) state.keep('statistics', statisticCount, statistics);
  return { ...batch, model: tape.graph.build(), state: state.inputs };
}
