import { attribute } from '@assay/onnx-graph';
import { emitLoss, type LossSpec } from '../losses/loss.ts';
import { buildForward, splitState } from '../network/build-forward.ts';
import { exampleShape, type NetworkSpec } from '../network/network-spec.ts';
import { decayMask, tensorLayout } from '../network/tensor-layout.ts';
import { outputSize } from '../network/walk-network.ts';
import { mean } from '../operations/mean.ts';
import { clipNorm, gradientNorm } from '../optimisers/clip-norm.ts';
import { momentCount, type OptimiserSpec, type UpdateInputs } from '../optimisers/optimiser.ts';
import { emitUpdate } from '../optimisers/update.ts';
import { Tape } from '../tape/tape.ts';
import { type Shape } from '../tape/variable.ts';

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

/** The whole training step as one ONNX model, and what to feed it. */
export interface StepGraph {
  readonly model: Uint8Array;
  readonly parameterCount: number;
  readonly statisticCount: number;
  /** Vectors that pass from step to step: input `name`, output `next_name`. */
  readonly state: readonly { readonly name: string; readonly size: number }[];
  readonly noise: readonly { readonly name: string; readonly shape: Shape }[];
  /** `[B, …]` of the examples, `[B, K]` of the targets. */
  readonly inputShape: Shape;
  readonly targetShape: Shape;
}

/**
 * Builds forward pass, loss, backward pass, clipping and optimiser update into one graph.
 *
 * Inputs: `examples`, `targets`, the state vectors, scalars `learning_rate`, `correction_1`, `correction_2`,
 * `average_keep`, and noise. Outputs: `loss`, `logits`, `gradient_norm` and the state after the step.
 */
export function buildStepGraph(spec: StepSpec): StepGraph {
  const { network, batchSize, optimiser } = spec;
  const tape = new Tape();
  const { graph } = tape;
  const layout = tensorLayout(network);
  const { parameterCount, statisticCount } = layout;
  const inputShape = [batchSize, ...exampleShape(network)];
  const targetShape = [batchSize, outputSize(network)];
  const state: { name: string; size: number }[] = [];
  const stateInput = (name: string, size: number): string => {
    state.push({ name, size });
    return graph.input(name, [size]);
  };
  const keepState = (name: string, next: string): void => {
    graph.op('Identity', [next], {}, { output: `next_${name}` });
    graph.output(`next_${name}`, [state.find((entry) => entry.name === name)?.size ?? 0]);
  };

  const examples = tape.variable(graph.input('examples', inputShape), inputShape, { needsGradient: false });
  const targets = graph.input('targets', targetShape);
  const learningRate = graph.input('learning_rate', []);
  const parameters = stateInput('parameters', parameterCount);
  const statistics = statisticCount > 0 ? stateInput('statistics', statisticCount) : '';
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
  const raw = tape.emit('Concat', flat, { axis: attribute.int(0) });
  const norm = gradientNorm(tape, raw);
  const { clipNorm: limit } = optimiser;
  const gradient = limit === undefined ? raw : clipNorm(tape, raw, { norm, limit });

  const moments = Array.from({ length: momentCount(optimiser) }, (_, index) =>
    stateInput(`moment_${index + 1}`, parameterCount),
  );
  const adaptive = optimiser.type !== 'sgd';
  const updateInputs: UpdateInputs = {
    weights: parameters,
    gradient,
    moments,
    learningRate,
    corrections: adaptive ? [graph.input('correction_1', []), graph.input('correction_2', [])] : ['', ''],
    decayMask: tape.constant('decay_mask', () => ({ shape: [parameterCount], data: decayMask(layout) })),
  };
  const updated = graph.within('update', () => emitUpdate(tape, updateInputs, optimiser));

  const mask = spec.masked === true ? stateInput('mask', parameterCount) : undefined;
  const weights =
    mask === undefined
      ? updated.weights
      : graph.within('update', () => tape.emit('Mul', [updated.weights, mask]));
  keepState('parameters', weights);
  if (mask !== undefined) keepState('mask', mask);
  updated.moments.forEach((moment, index) => keepState(`moment_${index + 1}`, moment));
  const nextStatistics =
    statisticCount > 0
      ? tape.emit(
          'Concat',
          layout.statistics.map(({ name }) => forward.statistics.get(name) ?? ''),
          { axis: attribute.int(0) },
        )
      : undefined;
  if (nextStatistics !== undefined) keepState('statistics', nextStatistics);

  if (spec.average) {
    const keep = graph.input('average_keep', []);
    const follow = (name: string, size: number, latest: string): void => {
      const average = stateInput(name, size);
      const distance = tape.emit('Sub', [average, latest]);
      keepState(name, tape.emit('Add', [latest, tape.emit('Mul', [distance, keep])]));
    };
    follow('average_parameters', parameterCount, weights);
    if (nextStatistics !== undefined) follow('average_statistics', statisticCount, nextStatistics);
  }

  graph.op('Identity', [loss.name], {}, { output: 'loss' });
  graph.output('loss', []);
  graph.op('Identity', [forward.logits.name], {}, { output: 'logits' });
  graph.output('logits', targetShape);
  graph.op('Identity', [norm], {}, { output: 'gradient_norm' });
  graph.output('gradient_norm', []);
  return {
    model: graph.build(),
    parameterCount,
    statisticCount,
    state,
    noise: forward.noise,
    inputShape,
    targetShape,
  };
}
