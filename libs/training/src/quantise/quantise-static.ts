import { openSession } from '@assay/model-runtime';
import {
  findInitializer,
  inlineConstants,
  parseModel,
  removeUnused,
  serialiseModel,
  sortNodes,
  tensorValues,
  type OnnxModel,
} from '@assay/onnx-graph';
import { AssayError } from '@assay/schema';
import { activationParameters, type ActivationParameters } from './activation-parameters.ts';
import { calibrateRanges, type CalibrationOptions } from './calibrate.ts';
import { IntegerWriter } from './integer-writer.ts';
import { planQuantisation, type QuantisationPlan } from './plan.ts';
import { useGlobalAveragePool } from './spatial-mean.ts';
import { minMaxObserver } from './value-range.ts';

/** How a model is quantised. */
export interface QuantisationOptions extends Omit<CalibrationOptions, 'openSession'> {
  /** Opens the float model for calibration; default: a session in this thread, which it blocks while it runs. */
  readonly openSession?: CalibrationOptions['openSession'];
  /** Nodes, by their name or that of a tensor that they make, which stay float32. */
  readonly keepFloat?: readonly string[];
  /**
   * Bits of a weight. Default 7: with 8, the sum of two products can exceed int16, where processors without VNNI
   * (and so ONNX Runtime on them) saturate, and a model answers differently from machine to machine.
   */
  readonly weightBits?: 7 | 8;
}

/** `DequantizeLinear` has one scale a channel since operator set 13. */
const OLDEST_OPSET = 13;

/**
 * Quantises a float32 model to integers: activations uint8 with zero point, weights of `Conv`, `Gemm` and `MatMul` int8
 * with one scale for each output channel, biases int32. What has no integer form stays float32, as do the inputs and
 * outputs of the model. Fold batch normalisation into the convolutions first.
 *
 * @param model - an `.onnx` file of operator set 13 or later
 * @returns an `.onnx` file with `QuantizeLinear` / `DequantizeLinear` pairs (QDQ)
 * @throws AssayError `invalid-model` when the model is too old, contains nothing to quantise or has values that are not
 *   finite; `invalid-dataset` when `calibration` is empty.
 */
export async function quantiseStatic(
  model: Uint8Array,
  options: QuantisationOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const rewritten = parseModel(model);
  requireOpset(rewritten);
  const { graph } = rewritten;
  inlineConstants(graph);
  useGlobalAveragePool(graph);
  const plan = planQuantisation(graph, new Set(options.keepFloat));
  if (plan.weights.size === 0) {
    throw new AssayError(
      'invalid-model',
      'The model has no Conv, Gemm or MatMul with constant weights to quantise.',
    );
  }
  const parameters = await calibratedParameters(rewritten, plan, options);
  const writer = new IntegerWriter(graph);
  const scales = new Map(
    [...plan.weights.keys()].map((node) => [node, parametersOf(node.input[0] ?? '').scale]),
  );
  for (const [name, source] of plan.tensors) writer.activation(name, source, parametersOf(name));
  const largest = options.weightBits === 8 ? 127 : 63;
  for (const [node, weight] of plan.weights) {
    writer.weight(node, weight, { inputScale: scales.get(node) ?? 1, largest });
  }
  removeUnused(graph);
  sortNodes(graph);
  return serialiseModel(rewritten);

  function parametersOf(tensor: string): ActivationParameters {
    const found = parameters.get(plan.tensors.get(tensor) ?? '');
    if (found === undefined) throw new AssayError('internal', `The tensor "${tensor}" was not calibrated.`);
    return found;
  }
}

/** Scale and zero point of every tensor that others take theirs from. */
async function calibratedParameters(
  model: OnnxModel,
  plan: QuantisationPlan,
  options: QuantisationOptions,
): Promise<ReadonlyMap<string, ActivationParameters>> {
  const sources = [...new Set(plan.tensors.values())];
  const constants = sources.filter((name) => findInitializer(model.graph, name) !== undefined);
  const ranges = await calibrateRanges(
    serialiseModel(model),
    sources.filter((name) => !constants.includes(name)),
    { openSession: (bytes) => openSession(bytes), ...options },
  );
  const parameters = new Map(
    [...ranges].map(([name, range]) => [name, activationParameters(range)] as const),
  );
  for (const tensor of model.graph.initializer.filter(({ name }) => constants.includes(name ?? ''))) {
    const observer = minMaxObserver();
    observer.observe(tensorValues(tensor).data as Float32Array);
    parameters.set(tensor.name ?? '', activationParameters(observer.range()));
  }
  return parameters;
}

function requireOpset(model: OnnxModel): void {
  const version = Number(model.opsetImport.find(({ domain }) => (domain ?? '') === '')?.version ?? 0);
  if (version >= OLDEST_OPSET) return;
  throw new AssayError(
    'invalid-model',
    `Quantisation needs a model of operator set ${OLDEST_OPSET} or later, this one is of ${version}. Export it anew.`,
  );
}
