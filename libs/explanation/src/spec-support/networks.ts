import { openSession, type TensorOf } from '@assay/model-runtime';
import { seededRandom } from '@assay/random';
import {
  exportModel,
  initialWeights,
  networkSpec,
  tensorLayout,
  type NetworkSpecInput,
} from '@assay/training';

type Layers = NetworkSpecInput['layers'];

const trunk = (channels: number, pools = 1): Layers => [
  { type: 'conv', channels },
  { type: 'relu' },
  ...Array.from({ length: pools }, () => ({ type: 'max-pool' }) as const),
];
const pooled: Layers = [{ type: 'global-average-pool' }, { type: 'linear', units: 3 }];
const cells: Layers = [{ type: 'flatten' }, { type: 'dropout', rate: 0.5 }, { type: 'linear', units: 3 }];

/** Networks of every kind of head that is linear in its feature maps; input `[3, 16, 16]`, three labels. */
export const linearHeads: Readonly<Record<string, Layers>> = {
  'pooled globally': [...trunk(5), ...pooled],
  'flattened cells': [...trunk(4, 2), ...cells],
  'flattened cells without bias': [
    ...trunk(4),
    { type: 'flatten' },
    { type: 'linear', units: 3, bias: false },
  ],
  'an ensemble of both, maps of one size': [
    {
      type: 'ensemble',
      members: [
        [...trunk(5), ...pooled],
        [...trunk(2), ...cells],
        [...trunk(3), ...cells],
      ],
    },
  ],
  'an ensemble of cells of two sizes': [
    {
      type: 'ensemble',
      members: [
        [...trunk(2, 2), ...cells],
        [...trunk(3, 3), ...cells],
      ],
    },
  ],
  'an ensemble of maps of three sizes': [
    {
      type: 'ensemble',
      members: [
        [...trunk(5, 1), ...pooled],
        [...trunk(2, 2), ...cells],
        [...trunk(3, 3), ...cells],
      ],
    },
  ],
};

/** An exported network with random weights, none of them zero. */
export function randomModel(layers: Layers): Uint8Array {
  const network = networkSpec.parse({
    input: { kind: 'image', height: 16, width: 16, channels: 3 },
    layers,
  });
  const { parameters, statistics } = initialWeights(tensorLayout(network), 3);
  const random = seededRandom('weights');
  return exportModel(network, {
    parameters: parameters.map((value) => value + 0.3 * random.normal()),
    statistics,
  });
}

/** So many random inputs `[3, 16, 16]`. */
export function randomInputs(count: number): Float32Array {
  const random = seededRandom('inputs');
  return Float32Array.from({ length: count * 3 * 256 }, () => random.normal());
}

/** All outputs of a model for random inputs. */
export async function outputsOf(
  model: Uint8Array,
  inputs: Float32Array,
): Promise<Record<string, TensorOf<'float32'>>> {
  const session = await openSession(model);
  const shape = [inputs.length / (3 * 256), 3, 16, 16];
  const outputs = await session.run({ input: { type: 'float32', shape, data: inputs.slice() } });
  await session.close();
  return outputs as Record<string, TensorOf<'float32'>>;
}
