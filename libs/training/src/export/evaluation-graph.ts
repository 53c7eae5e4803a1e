import { buildForward, splitState } from '../network/build-forward.ts';
import { exampleShape, type NetworkSpec } from '../network/network-spec.ts';
import { tensorLayout } from '../network/tensor-layout.ts';
import { Tape } from '../tape/tape.ts';

/**
 * The forward pass as the training graph computes it (NHWC, batch norm unfolded), with running statistics and without
 * dropout. Inputs: `examples [B, H, W, C]`, `parameters`, `statistics`; output: `logits [B, K]`.
 */
export function buildEvaluationGraph(network: NetworkSpec, batchSize: number): Uint8Array {
  const tape = new Tape();
  const layout = tensorLayout(network);
  const shape = [batchSize, ...exampleShape(network)];
  const input = tape.variable(tape.graph.input('examples', shape), shape, { needsGradient: false });
  const parameters = tape.graph.input('parameters', [layout.parameterCount]);
  const statistics = layout.statisticCount > 0 ? tape.graph.input('statistics', [layout.statisticCount]) : '';
  const state = splitState(tape, layout, { parameters, statistics });
  const { logits } = buildForward(tape, network, { input, state, mode: 'evaluate' });
  tape.graph.op('Identity', [logits.name], {}, { output: 'logits' });
  tape.graph.output('logits', logits.shape);
  return tape.graph.build();
}
