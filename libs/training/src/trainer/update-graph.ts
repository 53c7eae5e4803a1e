import { decayMask, tensorLayout } from '../network/tensor-layout.ts';
import { clipNorm, gradientNorm } from '../optimisers/clip-norm.ts';
import { momentCount, type UpdateInputs } from '../optimisers/optimiser.ts';
import { emitUpdate } from '../optimisers/update.ts';
import { Tape } from '../tape/tape.ts';
import { type Gradient, output } from './gradient-graph.ts';
import { StateVectors, type StateVector } from './state-vectors.ts';
import { type StepSpec } from './step-spec.ts';

/** Clipping and optimiser update as one ONNX model. */
export interface UpdateGraph {
  readonly model: Uint8Array;
  readonly state: readonly StateVector[];
}

/**
 * Emits clipping, optimiser update, mask and weight average, and the outputs `gradient_norm` and the state after the
 * step. Scalar inputs: `learning_rate`, `correction_1` and `correction_2` for adaptive optimisers, `average_keep` where
 * an average is kept.
 */
export function emitStateUpdate(
  tape: Tape,
  spec: StepSpec,
  from: Pick<Gradient, 'gradient' | 'statistics'> & { state: StateVectors },
): void {
  const { optimiser } = spec;
  const { graph } = tape;
  const { state } = from;
  const layout = tensorLayout(spec.network);
  const { parameterCount, statisticCount } = layout;
  const learningRate = graph.input('learning_rate', []);
  const parameters = state.input('parameters', parameterCount);
  const norm = gradientNorm(tape, from.gradient);
  const { clipNorm: limit } = optimiser;
  const moments = Array.from({ length: momentCount(optimiser) }, (_, index) =>
    state.input(`moment_${index + 1}`, parameterCount),
  );
  const adaptive = optimiser.type !== 'sgd';
  const updateInputs: UpdateInputs = {
    weights: parameters,
    gradient: limit === undefined ? from.gradient : clipNorm(tape, from.gradient, { norm, limit }),
    moments,
    learningRate,
    corrections: adaptive ? [graph.input('correction_1', []), graph.input('correction_2', [])] : ['', ''],
    decayMask: tape.constant('decay_mask', () => ({ shape: [parameterCount], data: decayMask(layout) })),
  };
  const updated = graph.within('update', () => emitUpdate(tape, updateInputs, optimiser));
  const mask = spec.masked === true ? state.input('mask', parameterCount) : undefined;
  const weights =
    mask === undefined
      ? updated.weights
      : graph.within('update', () => tape.emit('Mul', [updated.weights, mask]));
  state.keep('parameters', parameterCount, weights);
  if (mask !== undefined) state.keep('mask', parameterCount, mask);
  updated.moments.forEach((moment, index) => state.keep(`moment_${index + 1}`, parameterCount, moment));
  if (from.statistics !== undefined) state.keep('statistics', statisticCount, from.statistics);

  if (spec.average) {
    const keep = graph.input('average_keep', []);
    const follow = (name: string, size: number, latest: string): void => {
      const average = state.input(name, size);
      const distance = tape.emit('Sub', [average, latest]);
      state.keep(name, size, tape.emit('Add', [latest, tape.emit('Mul', [distance, keep])]));
    };
    follow('average_parameters', parameterCount, weights);
    if (from.statistics !== undefined) follow('average_statistics', statisticCount, from.statistics);
  }
  output(tape, 'gradient_norm', { tensor: norm, shape: [] });
}

/**
 * The part of a step that sees no batch: its inputs are `gradient` and, where the network has running statistics,
 * `latest_statistics`, besides those of {@link emitStateUpdate}.
 */
export function buildUpdateGraph(spec: StepSpec): UpdateGraph {
  const tape = new Tape();
  const state = new StateVectors(tape);
  const { parameterCount, statisticCount } = tensorLayout(spec.network);
  const gradient = tape.graph.input('gradient', [parameterCount]);
  const statistics = statisticCount > 0 ? tape.graph.input('latest_statistics', [statisticCount]) : undefined;
  emitStateUpdate(tape, spec, { gradient, statistics, state });
  return { model: tape.graph.build(), state: state.inputs };
}
