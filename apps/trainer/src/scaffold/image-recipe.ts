import type { ImageFacts } from './look-at-images.ts';
import { inline, name, titled, type Recipe } from './recipe.ts';

/** What is written down before there is any data. */
export const expectedImages: ImageFacts = {
  labels: [],
  count: 1000,
  parts: {},
  side: 128,
  square: false,
  grey: false,
  mean: [0.5, 0.5, 0.5],
  std: [0.25, 0.25, 0.25],
};

/** Sides that the network sees; the largest that the images have is taken. */
const sides = [128, 96, 64, 32];
/** From here on the first convolution halves the image: four times less work. */
const halvedFrom = 96;
const batchSize = 32;
/** Steps that a small network needs from nothing; shorter and longer training is rarely worth it. */
const steps = 3000;
/** A deviation below says that the images are of one colour; it must not blow up noise. */
const leastDeviation = 0.05;

/** A first configuration for a folder of images: a small convolutional network, augmentation, one cycle of learning. */
export function imageRecipe(system: Recipe, facts: ImageFacts = expectedImages): string {
  const side = sides.find((candidate) => candidate <= facts.side) ?? sides.at(-1)!;
  const epochs = Math.min(100, Math.max(10, Math.round((steps * batchSize) / facts.count)));
  const round = (values: readonly number[], least = 0) =>
    inline(values.map((value) => Number(Math.max(least, value).toFixed(3))));
  const resize = (scale: number) =>
    facts.square
      ? `{ mode: stretch, width: ${side}, height: ${side} }`
      : `{ mode: shortest-side, size: ${Math.round(side * scale)} }`;
  const positive = facts.labels.length === 2 ? facts.labels.at(-1) : undefined;
  return `${titled(system)}
${positive === undefined ? '' : `# The label that "probability" shall speak of:\n# positiveLabel: ${name(positive)}\n`}data:
  reader: folders
  path: ${name(system.path)}
${Object.entries(facts.parts)
  .map(([part, folder]) => `  ${part}: ${folder}\n`)
  .join('')}preprocessing:
  kind: image
${facts.grey ? '  colour: grey\n' : ''}  resize: ${resize(1.125)}
  crop: ${facts.square ? '{ mode: none }' : `{ mode: centre, width: ${side}, height: ${side} }`}
  # An image and its mirror image are the same thing; false where left and right matter, as for letters.
  mirror: true
  normalise: { mean: ${round(facts.mean)}, std: ${round(facts.std, leastDeviation)} }
view:
  width: ${side}
  height: ${side}
  resize: ${resize(1.25)}
  augmentations:
    - { type: crop, width: ${side}, height: ${side}, padding: ${Math.round(side / 16)} }
    - { type: flip }
${facts.grey ? '' : '    - { type: colour-jitter, brightness: 0.2, contrast: 0.2, saturation: 0.2 }\n'}network:
  blocks:
    stage:
      - { type: conv, channels: $channels }
      - { type: batch-norm }
      - { type: relu }
      - { type: max-pool }
  layers:
${side >= halvedFrom ? '    - { type: conv, channels: 32, stride: 2 }\n    - { type: batch-norm }\n    - { type: relu }\n    - { block: stage, forEach: { channels: [64, 128, 256] } }' : '    - { block: stage, forEach: { channels: [32, 64, 128] } }'}
    - { type: global-average-pool }
    - { type: dropout, rate: 0.2 }
    - { type: linear, units: $labels }
loss: { type: cross-entropy, labelSmoothing: 0.1 }
optimiser: { type: adamw, weightDecay: 0.05 }
schedule: { type: one-cycle, learningRate: 0.003 }
epochs: ${epochs}
batchSize: ${batchSize}
ema: { decay: 0.99 }
card:
  data: Not stated.
  intendedUse: Not stated.
  notFor: []
`;
}
