import { attribute, GraphBuilder, parseModel, serialiseModel } from '@assay/onnx-graph';

/** What `sklearn_models.py` prints of a model. */
export interface FittedModel {
  name: 'linear' | 'forest' | 'perceptron';
  features: string[];
  labels: number[];
  parameters: never;
  rows: number[][];
  probabilities: number[][];
}

interface Scaling {
  mean: number[];
  scale: number[];
}
interface Layer {
  weights: number[][];
  bias: number[];
}
interface Linear extends Scaling, Layer {}
interface Perceptron extends Scaling {
  layers: Layer[];
}
interface Forest {
  nodes: Record<'trees' | 'nodes' | 'features' | 'values' | 'true' | 'false', number[]> & { modes: string[] };
  leaves: Record<'trees' | 'nodes' | 'labels' | 'weights', number[]>;
}

const ml = { domain: 'ai.onnx.ml' };

/** A fitted model in the operators that skl2onnx writes: labels of its own, one map of probabilities for each row. */
export function graphOf({ name, features, labels, parameters }: FittedModel): Uint8Array {
  const graph = new GraphBuilder({ producer: 'skl2onnx', opset: 15 });
  const classes = { classlabels_int64s: attribute.ints(labels) };
  const input = graph.input('X', ['N', features.length]);
  const probabilities = write[name](graph, input, { classes, parameters });
  graph.op('ZipMap', [probabilities], classes, { ...ml, output: 'output_probability' });
  graph.output('output_label', ['N'], 'int64');
  graph.output('output_probability', []);
  const model = parseModel(graph.build());
  const values = { tensorType: { elemType: 1 } };
  model.graph.output[1]!.type = {
    sequenceType: { elemType: { mapType: { keyType: 7, valueType: values } } },
  };
  return serialiseModel(model);
}

type Classes = Record<'classlabels_int64s', ReturnType<typeof attribute.ints>>;
type Writer = (graph: GraphBuilder, input: string, of: { classes: Classes; parameters: never }) => string;

const write: Record<FittedModel['name'], Writer> = {
  linear: (graph, input, { classes, parameters }) => {
    const { weights, bias }: Linear = parameters;
    const learnt = {
      coefficients: attribute.floats(weights.flat()),
      intercepts: attribute.floats(bias),
      multi_class: attribute.int(1),
      post_transform: attribute.string('SOFTMAX'),
    };
    const outputs = ['output_label', 'probability_tensor'];
    const [, scores = ''] = graph.ops(
      'LinearClassifier',
      [scaled(graph, input, parameters)],
      { ...learnt, classlabels_ints: classes.classlabels_int64s },
      outputs,
      ml,
    );
    return graph.op('Normalizer', [scores], { norm: attribute.string('L1') }, ml);
  },
  forest: (graph, input, { classes, parameters }) => {
    const { nodes, leaves }: Forest = parameters;
    const trees = {
      nodes_treeids: attribute.ints(nodes.trees),
      nodes_nodeids: attribute.ints(nodes.nodes),
      nodes_featureids: attribute.ints(nodes.features),
      nodes_values: attribute.floats(nodes.values),
      nodes_modes: attribute.strings(nodes.modes),
      nodes_truenodeids: attribute.ints(nodes.true),
      nodes_falsenodeids: attribute.ints(nodes.false),
      class_treeids: attribute.ints(leaves.trees),
      class_nodeids: attribute.ints(leaves.nodes),
      class_ids: attribute.ints(leaves.labels),
      class_weights: attribute.floats(leaves.weights),
      post_transform: attribute.string('NONE'),
    };
    const outputs = ['output_label', 'probabilities'];
    const [, probabilities = ''] = graph.ops(
      'TreeEnsembleClassifier',
      [input],
      { ...trees, ...classes },
      outputs,
      ml,
    );
    return probabilities;
  },
  perceptron: (graph, input, { parameters }) => {
    const { layers }: Perceptron = parameters;
    const last = layers.length - 1;
    const score = layers.reduce(
      (value, { weights, bias }, index) => {
        const shape = [weights.length, bias.length];
        const matrix = graph.initializer(`coefficient${index}`, shape, Float32Array.from(weights.flat()));
        const shift = graph.initializer(`intercepts${index}`, [1, bias.length], Float32Array.from(bias));
        const sum = graph.op('Add', [graph.op('MatMul', [value, matrix]), shift]);
        return graph.op(index < last ? 'Relu' : 'Sigmoid', [sum]);
      },
      scaled(graph, input, parameters),
    );
    const rest = graph.op('Sub', [graph.float(1), score]);
    const both = graph.op('Concat', [rest, score], { axis: attribute.int(1) });
    const best = graph.op('ArgMax', [both], { axis: attribute.int(1), keepdims: attribute.int(0) });
    graph.op('Identity', [best], {}, { output: 'output_label' });
    return both;
  },
};

function scaled(graph: GraphBuilder, input: string, { mean, scale }: Scaling): string {
  return graph.op('Scaler', [input], { offset: attribute.floats(mean), scale: attribute.floats(scale) }, ml);
}
