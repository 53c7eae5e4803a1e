import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDriftReport } from '@assay/drift-report';
import {
  profileRecords,
  readReferenceProfile,
  sampleRecords,
  type FeatureRow,
  type FrozenReference,
} from '@assay/drift-statistics';
import type { ModelPackage } from '@assay/model-registry';
import { createProjection, openClassifier, type Classifier } from '@assay/prediction';
import {
  corruptImage,
  decodeImage,
  encodeImage,
  measureImage,
  resizePillow,
  type DecodedImage,
  type Pixels,
} from '@assay/preprocessing';
import { seededRandom, type Random } from '@assay/random';
import { defaultProjection, driftReportSchema, type DriftReport } from '@assay/schema';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findPackage } from '../commands/find-package.ts';
import { loadConfig } from '../config/load-config.ts';
import type { TrainingConfig } from '../config/training-config.ts';
import { partData, type PartingConfig } from '../data/part-data.ts';
import type { ListedImage } from '../data/sample.ts';
import { silentOutput } from '../output.ts';

const archives = ['faces-ai-vs-real', 'birds'].map((name) => `../shared/datasets/${name}.tar.gz`);
const withImages = archives.every((path) => existsSync(path)) ? describe : describe.skip;

/** Records of a window, drawn from the images with replacement. */
const records = 300;
/** As the faces are. */
const quality = 75;

/** One grey for all three channels. */
function toGreys(image: Pixels): Pixels {
  const data = new Uint8Array(image.data.length);
  for (let i = 0; i < data.length; i += 3)
    data.fill(
      Math.round(0.299 * image.data[i]! + 0.587 * image.data[i + 1]! + 0.114 * image.data[i + 2]!),
      i,
      i + 3,
    );
  return { ...image, data };
}

type Change = (image: DecodedImage, random: Random) => Promise<Uint8Array>;
const recoded = (image: Pixels) => encodeImage(image, 'jpeg', { quality });
const changes: Readonly<Record<string, Change>> = {
  blur: async (image, random) => recoded(await corruptImage(image, { type: 'blur', sigma: 1 }, random)),
  'JPEG of quality 20': (image) => encodeImage(image, 'jpeg', { quality: 20 }),
  darkening: async (image, random) =>
    recoded(await corruptImage(image, { type: 'brightness', factor: 0.6 }, random)),
  grayscale: (image) => recoded(toGreys(image)),
};

withImages('drift of ai-vs-real on real images (needs ../shared/datasets)', () => {
  let state: string;
  let model: ModelPackage;
  let classifier: Classifier;
  let reference: FrozenReference;
  /** Test faces as bytes; the reference profile was made of them. */
  let faces: Uint8Array[];
  let birds: Uint8Array[];
  /** What the log would hold of the faces. */
  let known: FeatureRow[];

  const imagesOf = async (config: PartingConfig, most = Infinity) => {
    const { split } = await partData(config, { state, output: silentOutput() });
    return Promise.all((split.test as ListedImage[]).slice(0, most).map(({ path }) => readFile(path)));
  };

  beforeAll(async () => {
    state = await mkdtemp(join(tmpdir(), 'drift-on-images-'));
    model = await findPackage('ai-vs-real', ['models']);
    const { provenance, referenceProfile } = model.manifest;
    if (provenance.kind === 'imported' || referenceProfile === undefined)
      throw new Error('expected a trained package with a reference profile');
    reference = await readReferenceProfile(
      JSON.parse(await readFile(join(model.folder, referenceProfile), 'utf8')),
    );
    faces = await imagesOf(provenance.config as TrainingConfig);
    birds = await imagesOf(loadConfig('configs/birds.yaml'), 40);
    classifier = await openClassifier(model, { workers: 1, queueLimit: 1000 });
    known = await rowsOf(faces);
  }, 600_000);

  afterAll(async () => {
    await classifier.close();
    await rm(state, { recursive: true });
  });

  /** What the log would hold of these images. */
  const rowsOf = async (images: readonly Uint8Array[]): Promise<FeatureRow[]> => {
    const project = createProjection(model.manifest.embeddingProjection ?? defaultProjection);
    return Promise.all(
      images.map(async (bytes) => {
        const { answer, embedding = [], image } = await classifier.classify({ bytes });
        const scores = Object.entries(answer.probabilities);
        const [first = 0, second = 0] = scores.map(([, share]) => share).sort((a, b) => b - a);
        const row: Record<string, number | string | undefined> = {
          prediction: answer.prediction,
          confidence: answer.confidence,
          margin: first - second,
          entropy: scores.reduce((sum, [, p]) => (p > 0 ? sum - p * Math.log2(p) : sum), 0),
          scopeDistance: answer.scope?.distance,
        };
        for (const [name, value] of Object.entries(measureImage(image!))) row[`image.${name}`] = value;
        for (const [label, share] of scores) row[`score.${label}`] = share;
        for (const [at, value] of Array.from(project(Float32Array.from(embedding))).entries())
          row[`embedding.${at}`] = Number(value.toPrecision(4));
        return row;
      }),
    );
  };

  const changed = async (images: readonly Uint8Array[], change: Change) => {
    const { preprocessing } = model.manifest;
    if (preprocessing.kind !== 'image') throw new Error('expected a model of images');
    return Promise.all(
      images.map(async (bytes) =>
        change(await decodeImage(bytes, { spec: preprocessing }), seededRandom('drift-on-images')),
      ),
    );
  };

  /** The report on rows drawn with replacement. */
  const reportOn = (rows: readonly FeatureRow[], also: readonly FeatureRow[] = []): DriftReport => {
    const random = seededRandom('window');
    const window = { from: '2026-11-19T00:00:00.000Z', to: '2026-11-20T00:00:00.000Z' };
    const fromFirst = records - also.length;
    const drawn = Array.from({ length: fromFirst }, () => rows[random.integer(rows.length)]!).concat(also);
    const key = {
      ...{ model: 'ai-vs-real', version: '1', slice: 'all', hour: '2026-11-19T00' },
      source: 'predictions/a.jsonl',
    };
    const profile = profileRecords(reference, key, drawn);
    const confidences = drawn.map(({ confidence }) => Number(confidence));
    const sum = (of: (confidence: number) => number) => confidences.reduce((all, one) => all + of(one), 0);
    return driftReportSchema.parse(
      makeDriftReport(
        {
          ...{ window, profile, reference, referenceSample: undefined, manifest: model.manifest },
          hours: [profile],
          outcomes: [{ hour: key.hour, answered: records, refused: 0, failed: 0, cancelled: 0 }],
          confidence: [{ hour: key.hour, records, sum: sum((p) => p), variance: sum((p) => p * (1 - p)) }],
          latency: { edges: [], counts: [0] },
          ...{ slices: new Map(), images: new Map(), confusion: [], feedback: [], fingerprints: [] },
          sample: sampleRecords(
            drawn.map((row, i) => ({ id: String(i), row })),
            { columns: Object.keys(reference.features) },
          ),
          ...{ passedOver: 0, before: undefined, season: [] },
          cost: { recordsRead: records, hoursFromProfiles: 0, hoursCounted: 1 },
        },
        { alpha: { level: 0.05, budget: 0.05 }, now: new Date('2026-11-20T00:00:00Z') },
      ),
    );
  };

  it('calls the faces that the model was tested on stable', () => {
    const { verdict, summary } = reportOn(known);
    expect({ verdict, summary }).toMatchObject({ verdict: 'stable' });
    expect(summary).toContain('a shift of brightness by');
  });

  it.each([
    ['blur', 'image.sharpness', /blurrier/],
    ['JPEG of quality 20', 'image.jpegQuality', /always 75 before, now others in 100 %/],
    ['darkening', 'image.brightness', /darker/],
    ['grayscale', 'image.saturation', /less colourful/],
  ])(
    'finds %s and names %s first',
    async (change, feature, direction) => {
      const { verdict, features, evidence } = reportOn(await rowsOf(await changed(faces, changes[change]!)));
      expect(verdict).toBe('drifted');
      expect(features[0]!.feature).toBe(feature);
      expect(features[0]!.direction).toMatch(direction);
      expect(evidence).toHaveLength(20);
      expect(evidence[0]!.typicality).toBeGreaterThan(0.9);
    },
    600_000,
  );

  it('finds one photograph of a bird in ten, first by what is in it, and then by its size', async () => {
    const { verdict, features, evidence } = reportOn(known, await rowsOf(birds.slice(0, records / 10)));
    expect(verdict).toBe('drifted');
    expect(features[0]!.feature).toBe('scopeDistance');
    expect(features[0]!.direction).toMatch(/farther from the training data/);
    expect(features.map(({ direction }) => direction)).toContain('always 256 before, now others in 10 %');
    // All that are shown are birds.
    expect(evidence.map(({ values }) => values['image.width'])).toEqual(Array(20).fill(227));
  }, 600_000);

  it('finds one in ten as well where birds have the size and coding of the faces', async () => {
    const alike = await changed(birds, (image) =>
      recoded(resizePillow(image, { width: 256, height: 256, filter: 'bilinear' })),
    );
    const { verdict, features } = reportOn(known, (await rowsOf(alike)).slice(0, records / 10));
    expect(verdict).toBe('drifted');
    expect(features[0]!.feature).toBe('scopeDistance');
  }, 600_000);
});
