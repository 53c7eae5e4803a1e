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
});
