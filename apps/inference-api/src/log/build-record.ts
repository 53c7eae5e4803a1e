import type { ProjectedModel } from './describe-model.ts';
import { sniffFormat } from '@assay/preprocessing';
import type {
  ImageProperties,
  LoggedAnswer,
  LoggedFeatures,
  LoggedImage,
  LoggedOutcome,
  Prediction,
  PredictionRecord,
  PreprocessingSpec,
  ProblemCode,
} from '@assay/schema';
import type { InputDigest } from './input-digest.ts';
import type { Observed, PredictionDraft } from './prediction-draft.ts';
import { significant } from './round.ts';

/** How a prediction ended. */
export interface Ending {
  readonly outcome: LoggedOutcome;
  /** Where there is no answer. */
  readonly code?: ProblemCode;
}

/** What a record is made of beside the draft. */
export interface RecordFacts extends Ending {
  readonly time: Date;
  readonly requestId: string;
  readonly traceId?: string;
  /** Of the upload, where there is one. */
  readonly digest?: InputDigest;
  /** Whether the image is kept in the bucket. */
  readonly stored: boolean;
}

/** Puts down what is remembered of a prediction; as long as it happens to be. */
export function buildRecord(draft: PredictionDraft, facts: RecordFacts): PredictionRecord {
  const { id, start, client, model, upload, prediction, observed = {}, stages = {} } = draft;
  const { time, requestId, traceId, outcome, code, digest } = facts;
  const input =
    upload === undefined || digest === undefined
      ? undefined
      : 'bytes' in upload
        ? imageOf(upload.bytes, { digest, properties: observed.properties, stored: facts.stored })
        : featuresOf(upload.features, digest, model?.package.manifest.preprocessing);
  return {
    id,
    time: time.toISOString(),
    requestId,
    ...(traceId === undefined ? {} : { traceId }),
    ...(client === undefined ? {} : { client }),
    ...(model === undefined ? {} : { model: model.logged.identity }),
    ...(input === undefined ? {} : { input }),
    outcome,
    ...(code === undefined ? {} : { code }),
    ...(prediction === undefined || outcome !== 'answered'
      ? {}
      : { answer: answerOf(prediction, observed, model?.logged) }),
    stages: Object.fromEntries(
      Object.entries({ ...stages, total: performance.now() - start }).map(([stage, milliseconds]) => [
        stage,
        Math.round(Math.max(0, milliseconds) * 100) / 100,
      ]),
    ),
  };
}

function imageOf(
  bytes: Uint8Array,
  {
    digest,
    properties,
    stored,
  }: { digest: InputDigest; properties: ImageProperties | undefined; stored: boolean },
): LoggedImage {
  const image = { kind: 'image' as const, ...digest, ...(stored ? { stored: true as const } : {}) };
  if (properties === undefined) {
    const format = sniffFormat(bytes);
    return { ...image, ...(format === undefined ? {} : { format }) };
  }
  const { width, height, format, bytes: _, area: __, ...rest } = properties;
  return { ...image, format, width, height, properties: rounded(rest) };
}

function rounded<T extends Readonly<Record<string, number | undefined>>>(values: T): T {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value === undefined ? value : significant(value)]),
  ) as T;
}

/** Only what the model knows, in its order: whatever else came may be anything, and of any size. */
function featuresOf(
  features: unknown,
  digest: InputDigest,
  spec: PreprocessingSpec | undefined,
): LoggedFeatures {
  const input = { kind: 'tabular' as const, ...digest };
  if (typeof features !== 'object' || features === null || spec?.kind !== 'tabular') return input;
  const row = features as Readonly<Record<string, unknown>>;
  const known = spec.features.flatMap(({ name }): [string, number][] => {
    const value = Object.hasOwn(row, name) ? row[name] : undefined;
    return typeof value === 'number' && Number.isFinite(value) ? [[name, significant(value)]] : [];
  });
  return { ...input, features: Object.fromEntries(known) };
}

function answerOf(
  { prediction, probability, confidence, decision, probabilities, scope }: Prediction,
  { embedding }: Observed,
  model: ProjectedModel | undefined,
): LoggedAnswer {
  const ranked = Object.entries(probabilities).sort(([, a], [, b]) => b - a);
  const entropy = ranked.reduce((sum, [, p]) => (p > 0 ? sum - p * Math.log2(p) : sum), 0);
  return {
    prediction,
    probability: significant(probability),
    confidence: significant(confidence),
    margin: significant((ranked[0]?.[1] ?? 0) - (ranked[1]?.[1] ?? 0)),
    entropy: significant(Math.max(0, entropy)),
    decision,
    scores: Object.fromEntries(ranked.map(([label, p]) => [label, significant(p)])),
    ...(scope === undefined ? {} : { scopeDistance: significant(scope.distance) }),
    ...(embedding === undefined || model === undefined
      ? {}
      : { embedding: Array.from(model.project(embedding), (value) => significant(value, 4)) }),
  };
}
