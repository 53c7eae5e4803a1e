import {
  addOutput,
  removeOutput,
  removeUnused,
  renameTensor,
  serialiseModel,
  sortNodes,
  type OnnxModel,
} from '@assay/onnx-graph';
import { openSession, type Session, type Tensor } from '@assay/model-runtime';
import { poolFeatures, softmax } from '@assay/prediction';
import { AssayError, type PreprocessingSpec } from '@assay/schema';
import { modelFeatures, modelLogits } from '@assay/training';
import { adaptInput } from './adapt-input.ts';
import { adaptOutput, makerOf } from './adapt-output.ts';
import { chooseScores, type ChosenScores } from './choose-scores.ts';
import { detectActivation, type Activation } from './detect-activation.ts';
import { featureTap } from './feature-tap.ts';
import type { ChannelOrder, Layout } from './input-layout.ts';
import { planInput, type InputPlan } from './plan-input.ts';
import { makeProbes, runProbes, type Probes } from './probes.ts';
import { reserveName, type OnnxFile } from './read-onnx.ts';
import { relativeDifference } from './relative-difference.ts';
import { scoreOutputs, storedLabels } from './score-outputs.ts';
import { sourceInput } from './source-input.ts';

/** What the user may say of a model; what is left out is found out. */
export interface ModelWishes {
  preprocessing: PreprocessingSpec;
  labels?: string[] | undefined;
  layout?: Layout | undefined;
  channelOrder?: ChannelOrder | undefined;
  /** Name of the output with the scores. */
  output?: string | undefined;
  activation?: Activation | undefined;
}

/** A classifier in the one form that packages hold: `input` to `logits`, and `features` where it averages a map. */
export interface StandardModel {
  model: Uint8Array;
  /** The same with one more output, {@link StandardModel.raw}. */
  witness: Uint8Array;
  /** Output of {@link StandardModel.witness} with what the model gave before it was changed, `[N, width]` but for sizes of 1. */
  raw: string;
  /** Whether `logits` are the very scores that the model gave. */
  givesLogits: boolean;
  labels: string[];
  plan: InputPlan;
  /** Channels of the output `features`, where the model averages a map. */
  features: number | undefined;
  changes: string[];
}

/** The oldest operators that the added nodes can stand among: `Max` broadcasts since. */
const oldestOpset = 8;
/** Largest difference between the probabilities of the model and those of its standard form. */
const probabilityTolerance = 1e-4;

/**
 * Brings a classifier into standard form and tries it on made-up inputs.
 *
 * @throws AssayError `invalid-model`, or `invalid-configuration` where something must be said that cannot be found out
 */
export async function standardModel(file: OnnxFile, wishes: ModelWishes): Promise<StandardModel> {
  const { model, source } = file;
  if (source.opset !== undefined && source.opset < oldestOpset)
    throw new AssayError(
      'invalid-model',
      `The model uses operator set ${source.opset}; expected ${oldestOpset} or newer. Export it anew, or bring it up with onnx.version_converter.`,
    );
  if (source.opset === undefined) model.opsetImport.push({ domain: '', version: 13 });
  const { graph } = model;
  const input = sourceInput(graph);
  const plan = planInput(input, wishes.preprocessing, wishes);
  const changes = [...file.changes, ...adaptInput(model, input, plan)];
  reserveName(model, modelFeatures);

  const stored = storedLabels(graph);
  const outputs = scoreOutputs(model, wishes.output);
  const probes = makeProbes(plan.shape, wishes.preprocessing);
  removeUnused(graph);
  const seen = await tried(model, (session) => runProbes(session, probes));
  const labels = agreedLabels(wishes.labels, stored);
  const scores = chooseScores(outputs, seen[0]!, labels?.length);
  if (outputs[0]?.name !== scores.name || outputs.length > 1)
    changes.push(`only the output "${scores.name}" was kept`);
  const values = Float32Array.from(
    seen.flatMap((one) => Array.from(one[scores.tensor]!.data as Float32Array)),
  );
  const operator = makerOf(graph, scores.tensor)?.opType;
  const activation = wishes.activation ?? detected({ width: scores.width, values, operator });

  const { raw, changes: outputChanges } = adaptOutput(model, scores, activation);
  const features = plan.shape.length === 4 ? await tapFeatures(model, probes) : undefined;
  addOutput(graph, raw);
  removeUnused(graph);
  sortNodes(graph);
  const witness = serialiseModel(model);
  await tried(model, async (session) =>
    checkProbabilities(await runProbes(session, probes), { raw, scores, activation }),
  );
  removeOutput(graph, raw);
  removeUnused(graph);
  return {
    model: serialiseModel(model),
    witness,
    raw,
    givesLogits: activation === 'none' && scores.width > 1,
    labels: labels!,
    plan,
    features,
    changes: [...changes, ...outputChanges],
  };
}

async function tried<T>(model: OnnxModel, use: (session: Session) => Promise<T>): Promise<T> {
  sortNodes(model.graph);
  const session = await openSession(serialiseModel(model));
  try {
    return await use(session);
  } finally {
    await session.close();
  }
}

/** What the user says wins, unless it is the model's own labels in another order. */
function agreedLabels(given: string[] | undefined, stored: string[] | undefined): string[] | undefined {
  if (given === undefined || stored === undefined) return given ?? stored;
  const sameSet = given.length === stored.length && given.every((label) => stored.includes(label));
  if (sameSet && given.some((label, index) => label !== stored[index]))
    throw new AssayError(
      'invalid-configuration',
      `--labels are those of the model in another order; the model gives its scores in the order: ${stored.join(', ')}.`,
    );
  return given;
}

function detected(seen: Parameters<typeof detectActivation>[0]): Activation {
  const detection = detectActivation(seen);
  if ('activation' in detection) return detection.activation;
  throw new AssayError(
    'invalid-model',
    `Whether the model gives raw scores or probabilities cannot be said: ${detection.unknown}. Say --activation none, softmax or sigmoid.`,
  );
}

/** Makes the last feature map an output where there is one, and its mean over the places is what the head gets. */
async function tapFeatures(model: OnnxModel, probes: Probes): Promise<number | undefined> {
  const { graph } = model;
  const tap = featureTap(graph, modelLogits);
  if (tap === undefined || graph.input.some(({ name }) => name === tap.map)) return undefined;
  addOutput(graph, tap.map);
  addOutput(graph, tap.average);
  const seen = await tried(model, (session) => runProbes(session, probes));
  removeOutput(graph, tap.average);
  const agrees = seen.every((one) => {
    const map = one[tap.map] as Tensor & { type: 'float32' };
    const average = one[tap.average]!.data as Float32Array;
    return map.shape.length === 4 && relativeDifference(poolFeatures(map), average) <= probabilityTolerance;
  });
  if (!agrees) {
    removeOutput(graph, tap.map);
    return undefined;
  }
  const channels = seen[0]![tap.map]!.shape[1];
  renameTensor(graph, tap.map, modelFeatures);
  return channels;
}

/** What the model says of each probe must be the softmax of the new scores. */
function checkProbabilities(
  seen: readonly Record<string, Tensor>[],
  { raw, scores, activation }: { raw: string; scores: ChosenScores; activation: Activation },
): void {
  for (const one of seen) {
    const original = Array.from(one[raw]!.data as Float32Array);
    const [single = 0] = original;
    const chance = activation === 'sigmoid' ? single : 1 / (1 + Math.exp(-single));
    const said =
      scores.width === 1
        ? [1 - chance, chance]
        : activation === 'softmax'
          ? original
          : [...softmax(original)];
    const given = softmax(one[modelLogits]!.data as Float32Array);
    const off = Math.max(...said.map((probability, index) => Math.abs(probability - given[index]!)));
    if (!(off <= probabilityTolerance))
      throw new AssayError(
        'invalid-model',
        `As ${activation === 'none' ? 'raw scores' : `the result of a ${activation}`} the model's outputs make no probabilities: they are off by ${off}. Was --activation right?`,
      );
  }
}
