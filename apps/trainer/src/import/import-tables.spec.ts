import { describe, expect, it } from '@jest/globals';
import { openRegistry } from '@assay/model-registry';
import { attribute, GraphBuilder, parseModel, serialiseModel, type OnnxModel } from '@assay/onnx-graph';
import { openClassifier } from '@assay/prediction';
import { goldenFolder, registry, request, rows, run } from './import.fixture.ts';

/** `x > 1.5` is mostly the second class, as scikit-learn's converter writes it. */
function forest(
  labels: Partial<Record<'classlabels_int64s' | 'classlabels_strings', ReturnType<typeof attribute.ints>>>,
  zipped: boolean,
): Uint8Array {
  const graph = new GraphBuilder({ producer: 'skl2onnx', opset: 15 });
  const x = graph.input('X', [1, 2]);
  const [, probabilities] = graph.ops(
    'TreeEnsembleClassifier',
    [x],
    {
      nodes_treeids: attribute.ints([0, 0, 0]),
      nodes_nodeids: attribute.ints([0, 1, 2]),
      nodes_featureids: attribute.ints([0, 0, 0]),
      nodes_values: attribute.floats([1.5, 0, 0]),
      nodes_modes: attribute.strings(['BRANCH_LEQ', 'LEAF', 'LEAF']),
      nodes_truenodeids: attribute.ints([1, 0, 0]),
      nodes_falsenodeids: attribute.ints([2, 0, 0]),
      class_treeids: attribute.ints([0, 0, 0, 0]),
      class_nodeids: attribute.ints([1, 1, 2, 2]),
      class_ids: attribute.ints([0, 1, 0, 1]),
      class_weights: attribute.floats([1, 0, 0.25, 0.75]),
      post_transform: attribute.string('NONE'),
      ...labels,
    },
    ['output_label', zipped ? 'table' : 'output_probability'],
    { domain: 'ai.onnx.ml' },
  );
  if (zipped)
    graph.op('ZipMap', [probabilities!], labels, { domain: 'ai.onnx.ml', output: 'output_probability' });
  const isText = labels.classlabels_strings !== undefined;
  graph.output('output_label', ['N'], isText ? 'string' : 'int64');
  graph.output('output_probability', ['N', 2]);
  const model: OnnxModel = parseModel(graph.build());
  if (zipped)
    model.graph.output[1]!.type = {
      sequenceType: {
        elemType: { mapType: { keyType: isText ? 8 : 7, valueType: { tensorType: { elemType: 1 } } } },
      },
    };
  return serialiseModel(model);
}

describe('importing a scikit-learn classifier', () => {
  const numbers = { classlabels_int64s: attribute.ints([3, 8]) };
  const texts = { classlabels_strings: attribute.strings(['no', 'yes']) };

  it.each([
    ['maps with numbers', forest(numbers, true), ['3', '8']],
    ['maps with texts', forest(texts, true), ['no', 'yes']],
    ['a table', forest(numbers, false), ['3', '8']],
  ])(
    'takes the table of probabilities where it gives %s, and the labels it carries',
    async (_what, model, labels) => {
      const golden = goldenFolder({ 'a.json': '{ "x": 2, "y": 0 }', 'a.expected.json': '[[0.25, 0.75]]' });
      const what = request(model, rows, { labels: undefined, golden });
      const { manifest } = await run(what);
      expect(manifest.labels).toEqual(labels);
      expect(manifest.input.shape).toEqual(['N', 2]);
      const classifier = await openClassifier(await openRegistry(registry).resolve(what.name));
      const sure = await classifier.classify({ features: { x: 1, y: 5 } });
      expect(sure.answer.prediction).toBe(labels[0]);
      expect(sure.answer.probabilities[labels[1]!]).toBeLessThan(1e-6);
      const other = await classifier.classify({ features: { x: 2, y: 5 } });
      expect(other.answer.probabilities[labels[1]!]).toBeCloseTo(0.75, 6);
      await classifier.close();
    },
  );

  it('lets names stand for numbers, but not the same labels in another order', async () => {
    const { manifest } = await run(request(forest(numbers, true), rows, { labels: 'bad,good' }));
    expect(manifest.labels).toEqual(['bad', 'good']);
    await expect(run(request(forest(numbers, true), rows, { labels: '8,3' }))).rejects.toThrow(
      'in the order: 3, 8',
    );
  });

  it('takes a pipeline with scaling, a linear model and its labels, as skl2onnx writes it', async () => {
    // make_pipeline(StandardScaler(), LogisticRegression()) with texts for labels: Scaler, LinearClassifier, Normalizer, Cast, ZipMap.
    const labels = { classlabels_strings: attribute.strings(['bad', 'fair', 'good']) };
    const graph = new GraphBuilder({ producer: 'skl2onnx', opset: 15 });
    const ml = { domain: 'ai.onnx.ml' };
    const scaled = graph.op(
      'Scaler',
      [graph.input('float_input', ['N', 2])],
      { offset: attribute.floats([10, -1]), scale: attribute.floats([0.5, 2]) },
      ml,
    );
    const [label, scores] = graph.ops(
      'LinearClassifier',
      [scaled],
      {
        ...{
          coefficients: attribute.floats([-1, 0, 0, 1, 1, -1]),
          intercepts: attribute.floats([0.1, 0, -0.1]),
        },
        ...{ multi_class: attribute.int(1), post_transform: attribute.string('SOFTMAX'), ...labels },
      },
      ['label', 'probability_tensor'],
      ml,
    );
    const normalised = graph.op('Normalizer', [scores!], { norm: attribute.string('L1') }, ml);
    graph.op('Cast', [label!], { to: attribute.int(8) }, { output: 'output_label' });
    graph.op('ZipMap', [normalised], labels, { ...ml, output: 'output_probability' });
    graph.output('output_label', ['N'], 'string');
    graph.output('output_probability', []);
    const model = parseModel(graph.build());
    model.graph.output[1]!.type = {
      sequenceType: { elemType: { mapType: { keyType: 8, valueType: { tensorType: { elemType: 1 } } } } },
    };
    // By hand: x = (12 − 10) · 0.5 = 1, y = (0 + 1) · 2 = 2; scores 0.1 − 1, 2, 1 − 2 − 0.1.
    const exps = [-0.9, 2, -1.1].map(Math.exp);
    const expected = exps.map((value) => value / (exps[0]! + exps[1]! + exps[2]!));
    const golden = goldenFolder({
      'a.json': '{ "x": 12, "y": 0 }',
      'a.expected.json': JSON.stringify(expected),
    });
    const what = request(serialiseModel(model), rows, { labels: undefined, golden, tolerance: 1e-5 });
    const { manifest } = await run(what);
    expect(manifest.labels).toEqual(['bad', 'fair', 'good']);
    expect(manifest.provenance).toMatchObject({ source: { producer: 'skl2onnx' } });
    const classifier = await openClassifier(await openRegistry(registry).resolve(what.name));
    const { answer } = await classifier.classify({ features: { x: 12, y: 0 } });
    await classifier.close();
    expect(answer.prediction).toBe('fair');
    expect(answer.probabilities.good).toBeCloseTo(expected[2]!, 6);
  });
});
