import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openRegistry } from '@assay/model-registry';
import { attribute, GraphBuilder, parseModel, serialiseModel } from '@assay/onnx-graph';
import {
  askGreen,
  goldenFolder,
  greenModel,
  pixels,
  registry,
  request,
  rows,
  run,
  write,
} from './import.fixture.ts';
import type { ImportRequest } from './import-model.ts';

describe('a model that cannot be imported', () => {
  function several(): Uint8Array {
    const graph = new GraphBuilder();
    const sum = graph.op('Add', [graph.input('age', ['N', 1]), graph.input('size', ['N', 1])]);
    graph.op('Concat', [sum, sum], { axis: attribute.int(1) }, { output: 'y' });
    graph.output('y', ['N', 2]);
    return graph.build();
  }
  function rowModel(end: (graph: GraphBuilder, x: string) => string[]): Uint8Array {
    const graph = new GraphBuilder();
    for (const name of end(graph, graph.input('x', ['N', 2]))) graph.output(name, ['N', 'K']);
    return graph.build();
  }
  const negated = (graph: GraphBuilder, x: string) => graph.op('Neg', [x]);

  it.each<[string, () => Uint8Array, string, Partial<ImportRequest>, RegExp]>([
    [
      'has several inputs',
      several,
      rows,
      {},
      /one input; this one has 2: age float32\[N,1\], size float32\[N,1\].*FloatTensorType/,
    ],
    ['is no ONNX file', () => Buffer.from('nothing of the kind'), rows, {}, /Expected an ONNX model/],
    [
      'gives another number of scores',
      () => rowModel((g, x) => [negated(g, x)]),
      rows,
      { labels: 'a,b,c' },
      /3 labels.*no output.*\[N,2\]/,
    ],
    [
      'does not name its labels',
      () => rowModel((g, x) => [negated(g, x)]),
      rows,
      { labels: undefined },
      /say --labels.*\[N,2\]/,
    ],
    [
      'could mean two outputs',
      () => rowModel((g, x) => [negated(g, x), g.op('Abs', [x])]),
      rows,
      {},
      /say which with --output: Neg_0, Abs_0/,
    ],
    [
      'lacks the output that was named',
      () => rowModel((g, x) => [negated(g, x)]),
      rows,
      { output: 'z' },
      /no output "z".*Neg_0 \(float32\[N,K\]\)/,
    ],
    [
      'takes more features',
      () => rowModel((g, x) => [negated(g, x)]),
      'features: [x]',
      {},
      /names 1 feature\(s\), the model takes 2/,
    ],
    [
      'takes images of another size',
      () => greenModel({ sizes: ['N', 3, 8, 8] }),
      pixels,
      {},
      /takes images of 8 × 8.*gives 4 × 4/,
    ],
    [
      'takes other channels',
      () => greenModel({ sizes: ['N', 3, 4, 4] }),
      pixels.replace('crop', 'colour: grey\ncrop').replace(/\[0, 0, 0\].*/, '[0], std: [1] }'),
      {},
      /say --layout/,
    ],
    [
      'takes a row where images are prepared',
      () => rowModel((g, x) => [negated(g, x)]),
      pixels,
      {},
      /expected four sizes/,
    ],
    [
      'gives independent probabilities',
      () => rowModel((g, x) => [g.op('Sigmoid', [x])]),
      rows,
      {},
      /several labels may hold at once/,
    ],
    [
      'lets rows of a batch see each other',
      () => rowModel((g, x) => [g.op('Sub', [x, g.op('ReduceMean', [x, g.ints([0])])])]),
      rows,
      {},
      /changes by .* with what else is in the batch.*dynamic_axes/,
    ],
    [
      'has a batch that cannot be freed',
      () =>
        rowModel((g, x) => [
          g.op('Reshape', [g.op('Split', [x], { num_outputs: attribute.int(1) }), g.ints([1, 2])]),
        ]),
      rows,
      {},
      /takes one input but not 6 at a time/,
    ],
    [
      'was said to give what it does not',
      () => rowModel((g, x) => [negated(g, x)]),
      rows,
      { activation: 'softmax' },
      /make no probabilities/,
    ],
    [
      'has an old operator set',
      () => {
        const g = new GraphBuilder({ opset: 7 });
        g.op('Neg', [g.input('x', ['N', 2])], {}, { output: 'y' });
        g.output('y', ['N', 2]);
        return g.build();
      },
      rows,
      {},
      /operator set 7; expected 8/,
    ],
    [
      'has a label twice',
      () => rowModel((g, x) => [negated(g, x)]),
      rows,
      { labels: 'a,a' },
      /"a" comes twice/,
    ],
    [
      'is prepared by nothing',
      () => rowModel((g, x) => [negated(g, x)]),
      rows,
      { preprocess: 'imagenet' },
      /neither a file nor a preset; presets are: imagenet-224/,
    ],
    [
      'has a positive label that is none',
      () => rowModel((g, x) => [negated(g, x)]),
      rows,
      { positive: 'c' },
      /"c" is not one of the labels/,
    ],
  ])('because it %s is refused with what to do', async (_what, model, spec, more, message) => {
    const what = request(model(), spec, more);
    await expect(run(what)).rejects.toThrow(message);
    expect(await openRegistry(registry).names()).not.toContain(what.name);
  });

  it('reads weights beside the model, and no further away', async () => {
    const model = parseModel(greenModel());
    const kernel = model.graph.initializer.find(({ name }) => name === 'kernel')!;
    write('kernel.bin', kernel.rawData!);
    delete kernel.rawData;
    kernel.dataLocation = 1;
    kernel.externalData = [{ key: 'location', value: 'kernel.bin' }];
    const what = request(serialiseModel(model), pixels);
    const { manifest } = await run(what);
    expect(manifest.provenance).toMatchObject({
      changes: ['weights from kernel.bin were brought into the file'],
    });
    expect((await askGreen(what.name, 150)).logits[1]).toBeCloseTo(1.5, 5);
    kernel.externalData = [{ key: 'location', value: '../kernel.bin' }];
    await expect(run(request(serialiseModel(model), pixels))).rejects.toThrow(
      'expected a place beside the model',
    );
    kernel.externalData = [{ key: 'location', value: 'other.bin' }];
    await expect(run(request(serialiseModel(model), pixels))).rejects.toThrow('cannot be read from');
  });

  it('says every fault of a folder of golden inputs', async () => {
    const golden = goldenFolder({ 'a.png': 'x', 'b.txt': 'x', 'expected.json': '{ "c.png": [1, 2] }' });
    await expect(run(request(greenModel(), pixels, { golden }))).rejects.toThrow(
      /4 fault\(s\).*a\.png: what the model gives for it is missing.*b\.txt: expected \.jpg.*there is no input "c\.png"/s,
    );
  });

  it('never changes a version that exists', async () => {
    const what = request(greenModel(), pixels);
    const { folder: written } = await run(what);
    const before = readFileSync(join(written, 'manifest.json'), 'utf8');
    await expect(run(what)).rejects.toMatchObject({ code: 'version-exists' });
    expect(readFileSync(join(written, 'manifest.json'), 'utf8')).toBe(before);
  });
});
