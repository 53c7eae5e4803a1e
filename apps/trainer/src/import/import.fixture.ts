import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { openRegistry } from '@assay/model-registry';
import { attribute, GraphBuilder, type ElementType } from '@assay/onnx-graph';
import { openClassifier } from '@assay/prediction';
import { makePng } from '@assay/testing';
import { recordingOutput } from '../output.ts';
import { importModel, type ImportRequest } from './import-model.ts';

export const folder = mkdtempSync(join(tmpdir(), 'assay-import-'));
export const registry = join(folder, 'registry');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** 4 × 4 pixels, each byte as it is. */
export const pixels = `
resize: { mode: stretch, width: 4, height: 4, filter: box }
crop: { mode: none }
normalise: { mean: [0, 0, 0], std: [0.00392156862745098, 0.00392156862745098, 0.00392156862745098] }
`;
export const rows = 'features: [x, y]';

export function write(name: string, content: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const names = counter();
export function request(model: Uint8Array, spec: string, more: Partial<ImportRequest> = {}): ImportRequest {
  const name = `model-${names()}`;
  return {
    file: write(`${name}.onnx`, model),
    name,
    version: '1',
    description: 'A model from elsewhere.',
    labels: 'dark,bright',
    preprocess: write(`${name}.yaml`, spec),
    tolerance: 1e-4,
    accuracyBudget: 0.005,
    robustness: 0,
    registry,
    state: folder,
    command: 'assay import',
    ...more,
  };
}

export const run = (what: ImportRequest, output = recordingOutput()) => importModel(what, output);

export function goldenFolder(files: Readonly<Record<string, Uint8Array | string>>): string {
  const path = join(folder, `golden-${names()}`);
  mkdirSync(path);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return path;
}

export interface ImageModel {
  sizes?: (number | string)[];
  layout?: 'nchw' | 'nhwc';
  type?: ElementType;
  /** What the pooled channels go through on the way out. */
  end?: (graph: GraphBuilder, pooled: string) => string;
  outputSizes?: (number | string)[];
}

/** Logits `[-m, m] / 100 + [1, 0]` of the mean `m` of the green channel; the graph input and output are called as exporters like. */
export function greenModel(options: ImageModel = {}): Uint8Array {
  const {
    layout = 'nchw',
    type = 'float32',
    sizes = layout === 'nchw' ? ['N', 3, 4, 4] : ['N', 4, 4, 3],
  } = options;
  const graph = new GraphBuilder({ producer: 'elsewhere', opset: 13 });
  let x = graph.input('x', sizes, type);
  if (type !== 'float32') x = graph.op('Cast', [x], { to: attribute.int(1) });
  if (layout === 'nhwc') x = graph.op('Transpose', [x], { perm: attribute.ints([0, 3, 1, 2]) });
  const kernel = graph.initializer('kernel', [1, 3, 1, 1], Float32Array.of(0, 0.01, 0));
  const pooled = graph.op('GlobalAveragePool', [graph.op('Conv', [x, kernel])]);
  const flat = graph.op('Flatten', [pooled]);
  const end = options.end ?? ((inner, value) => dense(inner, value));
  graph.op('Identity', [end(graph, flat)], {}, { output: 'y' });
  graph.output('y', options.outputSizes ?? ['N', 2]);
  return graph.build();
}

export const dense = (graph: GraphBuilder, value: string) =>
  graph.op('Gemm', [
    value,
    graph.initializer('w', [1, 2], Float32Array.of(-1, 1)),
    graph.initializer('b', [2], Float32Array.of(1, 0)),
  ]);

export const softmax = (scores: readonly number[]) => {
  const sum = scores.reduce((total, score) => total + Math.exp(score), 0);
  return scores.map((score) => Math.exp(score) / sum);
};

/** What the registry's champion says of a green of this strength. */
export async function askGreen(name: string, green: number) {
  const model = await openRegistry(registry).resolve(name);
  const classifier = await openClassifier(model);
  try {
    await classifier.checkGolden();
    return await classifier.classify({ bytes: makePng(9, 7, [10, green, 30]) });
  } finally {
    await classifier.close();
  }
}

function counter(): () => number {
  let count = 0;
  return () => ++count;
}
