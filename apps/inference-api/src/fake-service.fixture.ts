import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createExplainer } from '@assay/explanation';
import type { ModelPackage } from '@assay/model-registry';
import type { Classifier } from '@assay/prediction';
import { createHealth, createLogger, createMetrics } from '@assay/service-kit';
import { buildApp } from './build-app.ts';
import { createChecks } from './checks.ts';
import { createProjection } from '@assay/prediction';
import { defaultProjection, type LoggedModel } from '@assay/schema';
import type { PredictionLog } from './log/prediction-log.ts';
import { createServedModels } from './served-models.ts';

type Classify = Classifier['classify'];

export interface FakeServiceOptions {
  /** Stands in for the model. Default: answers at once. */
  readonly classify?: Classify;
  readonly maxUploadBytes?: number;
  /** Default: nothing is remembered. */
  readonly log?: PredictionLog;
}

const fakeTable = { kind: 'tabular' as const, features: [{ name: 'x', mean: 0, std: 1 }] };

/** What records say of the stand-in. */
export const fakeIdentity: LoggedModel = {
  name: 'fake',
  version: '1',
  digest: 'a'.repeat(64),
  variant: 'fp32',
  preprocessingDigest: 'b'.repeat(64),
};

/** What the stand-in says. */
export const fakeAnswer = {
  model: { name: 'fake', version: '1', variant: 'fp32' },
  prediction: 'a',
  probability: 0.75,
  probabilities: { a: 0.75, b: 0.25 },
  top: [{ label: 'a', index: 0, probability: 0.75 }],
  decision: 'a',
  confidence: 0.75,
  views: 1,
} as const;

export const fakeResult = {
  answer: { ...fakeAnswer, top: [...fakeAnswer.top] },
  logits: new Float32Array(2),
  stages: { decode: 1, preprocess: 2, queue: 3, inference: 4, postprocess: 5 },
} satisfies Awaited<ReturnType<Classify>>;

/** The API, really listening, around a stand-in for the model: for all that happens before and after the model. */
export async function fakeService(options: FakeServiceOptions = {}) {
  const lines: string[] = [];
  const inputs: Parameters<Classify>[0][] = [];
  const answer: Classify = options.classify ?? (async () => fakeResult);
  const classify: Classify = (input, rest) => {
    inputs.push(input);
    return answer(input, rest);
  };
  const models = createServedModels('fake');
  const manifest = { name: 'fake', labels: ['a', 'b'], preprocessing: fakeTable } as Partial<
    ModelPackage['manifest']
  >;
  const model = { name: 'fake', version: '1', manifest } as ModelPackage;
  const classifier = { classify, depth: 3 } as Partial<Classifier> as Classifier;
  models.serve({
    package: model,
    classifier,
    explainer: createExplainer(model, classifier),
    logged: { identity: fakeIdentity, project: createProjection(defaultProjection) },
  });
  const metrics = createMetrics({ process: false });
  const app = buildApp({
    models,
    registry: { versions: async () => ['1'], alias: async () => '1' },
    logger: createLogger({
      service: 'test',
      level: 'info',
      destination: { write: (line) => void lines.push(line) },
    }),
    health: createHealth(),
    metrics,
    log: options.log,
    checks: createChecks(),
    limits: { fileBytes: options.maxUploadBytes ?? 1000, batchBytes: 3000, batchInputs: 4 },
  });
  const server: Server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    lines,
    inputs,
    metrics,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
