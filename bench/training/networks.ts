import { networkSpec, type NetworkSpecInput } from '@assay/training';

type Layers = NetworkSpecInput['layers'];

const image = { kind: 'image', height: 32, width: 32, channels: 3 } as const;
const block = (channels: number): Layers => [
  { type: 'conv', channels },
  { type: 'batch-norm' },
  { type: 'relu' },
];
const pool: Layers = [{ type: 'max-pool' }];
const head: Layers = [{ type: 'global-average-pool' }, { type: 'linear', units: 10 }];

/** conv-bn-relu-pool with 32, 64 and 128 channels on 32 × 32 × 3, ten classes. */
export const threeBlocks = networkSpec.parse({
  input: image,
  layers: [...[32, 64, 128].flatMap((channels) => [...block(channels), ...pool]), ...head],
});

/** The network of configs/cifar10.yaml. */
export const cifar10 = networkSpec.parse({
  input: image,
  layers: [
    ...block(32),
    ...pool,
    ...block(64),
    ...block(64),
    ...pool,
    ...block(128),
    ...block(128),
    ...pool,
    ...block(256),
    ...head,
  ],
});

/** Layers of this many units with ReLU between them, ten classes. */
export function perceptron(inputs: number, hidden: readonly number[]) {
  return networkSpec.parse({
    input: { kind: 'features', size: inputs },
    layers: [
      ...hidden.flatMap((units): Layers => [{ type: 'linear', units }, { type: 'relu' }]),
      { type: 'linear', units: 10 },
    ],
  });
}
