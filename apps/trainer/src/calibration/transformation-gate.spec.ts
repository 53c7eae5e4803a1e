import { describe, expect, it } from '@jest/globals';
import { GraphBuilder, attribute, parseModel } from '@assay/onnx-graph';
import { openSession } from '@assay/model-runtime';
import { seededRandom } from '@assay/random';
import { scoreExamples } from '../run/score-examples.ts';
import { scopeOutput, trainTransformationGate, withGate } from './transformation-gate.ts';

const side = 32;

/** A bright sky over dark ground with a red sun on the left, each a little different; two views, the second brighter. */
function landscapes(count: number, name: string) {
  const random = seededRandom(7, name);
  const scenes = Array.from({ length: count }, () => {
    const [sky, ground, sun] = [
      0.7 + 0.3 * random.uniform(),
      -0.7 - 0.3 * random.uniform(),
      6 + random.integer(3),
    ];
    return Float32Array.from({ length: 2 * 3 * side * side }, (_, i) => {
      const [x, y] = [i % side, Math.floor(i / side) % side];
      const channel = Math.floor(i / side ** 2) % 3;
      const lit = i < 3 * side * side ? 0 : 0.1;
      const isSun = (x - sun) ** 2 + (y - sun) ** 2 < 9;
      return (isSun ? (channel === 0 ? 1 : -1) : y < 17 ? sky : ground) + lit + 0.1 * random.normal();
    });
  });
  return examplesOf(scenes);
}

const examplesOf = (scenes: readonly Float32Array[], shape = [2, 3, side, side]) => ({
  classes: new Int32Array(scenes.length),
  views: (index: number) => Promise.resolve({ shape, data: scenes[index]!.slice() }),
});

/** Means of the channels as logits. */
function meanModel(): Uint8Array {
  const graph = new GraphBuilder();
  const input = graph.input('input', ['N', 3, side, side]);
  graph.op('ReduceMean', [input, graph.ints([2, 3])], { keepdims: attribute.int(0) }, { output: 'logits' });
  graph.output('logits', ['N', 3]);
  return graph.build();
}

const training = { seed: 1, threads: 1 };

const indicesOf = ({ classes }: { classes: Int32Array }) => Array.from(classes.keys());

describe('a gate that knows how its images are arranged', () => {
  it('keeps new ones near and holds turned, flat and noisy ones far, without a change to the logits', async () => {
    const train = landscapes(60, 'train');
    const gate = await trainTransformationGate(train, {
      ...training,
      steps: 60,
      indices: indicesOf(train),
    });
    const model = withGate(meanModel(), gate);
    expect(parseModel(model).graph.output.map(({ name }) => name)).toEqual(['logits', scopeOutput]);

    const options = { threads: 1, labels: 3 };
    const fresh = landscapes(40, 'fresh');
    const { distances, logits } = await scoreExamples(model, fresh, { ...options, distances: true });
    expect((await scoreExamples(meanModel(), fresh, options)).logits).toEqual(logits);
    const limit = Array.from(distances!).sort((a, b) => a - b)[37]!;

    const random = seededRandom(3);
    const size = 2 * 3 * side * side;
    const upright = (await fresh.views(0)).data;
    const others = [
      Float32Array.from({ length: size }, () => random.normal()),
      new Float32Array(size).fill(0.5),
      // Every channel of every view from its last row to its first.
      upright.map((_, i) => upright[(side - 1 - 2 * (Math.floor(i / side) % side)) * side + i]!),
    ];
    const far = await scoreExamples(model, examplesOf(others), { ...options, distances: true });
    for (const distance of far.distances!) expect(distance).toBeGreaterThan(limit);
  }, 120_000);

  it('is the same for the same seed', async () => {
    const train = landscapes(8, 'few');
    const [one, other] = await Promise.all(
      [5, 5].map((seed) =>
        trainTransformationGate(train, { ...training, seed, steps: 3, indices: indicesOf(train) }),
      ),
    );
    expect(one).toEqual(other);
    const session = await openSession(one!, { threads: 1 });
    expect(session.outputs).toEqual([scopeOutput]);
    await session.close();
  });

  it.each([
    ['too small', [1, 3, 8, 8], /from 16 pixels; received 8 × 8/],
    ['not square', [1, 3, 32, 16], /square images .* received 16 × 32/],
  ])('refuses images that are %s', async (_, shape, message) => {
    const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
    const refused = trainTransformationGate(examplesOf([data], shape), { ...training, indices: [0] });
    await expect(refused).rejects.toThrow(message);
  });
});
