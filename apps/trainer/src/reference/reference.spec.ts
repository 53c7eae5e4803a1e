import { describe, expect, it } from '@jest/globals';
import { createProjection } from '@assay/prediction';
import { seededRandom } from '@assay/random';
import { defaultProjection, referenceProfile, type NumericProfile } from '@assay/schema';
import fc from 'fast-check';
import { binEdges } from './bin-edges.ts';
import { buildReference } from './build-reference.ts';
import { profileValues } from './profile-values.ts';

describe('the bins of a reference profile', () => {
  it('hold equally many of many different values', () => {
    const random = seededRandom('bins');
    const profile = profileValues(Array.from({ length: 4000 }, () => random.normal())) as NumericProfile;
    expect(profile.counts).toHaveLength(20);
    for (const count of profile.counts) expect(Math.abs(count - 200)).toBeLessThanOrEqual(1);
    expect(profile.mean).toBeCloseTo(0, 1);
    expect(profile.deviation).toBeCloseTo(1, 1);
    // The quartiles of the normal distribution are at ±0.6745.
    expect(profile.edges[4]).toBeCloseTo(-0.6745, 1);
    expect(profile.edges[14]).toBeCloseTo(0.6745, 1);
  });

  it('keep a constant apart from what is above and below it', () => {
    expect(profileValues([7, 7, 7, 7])).toEqual({
      ...{ kind: 'numeric', count: 4, missing: 0, mean: 7, deviation: 0, minimum: 7, maximum: 7 },
      ...{ edges: [7, 7.00001], counts: [0, 4, 0] },
    });
    expect(profileValues(Array<number>(184).fill(0.1))).toMatchObject({ mean: 0.1, deviation: 0 });
    expect(binEdges(Float64Array.of(0, 0))).toEqual([0, 1e-6]);
    expect(binEdges(Float64Array.of(-250, -250))).toEqual([-250, -249.999]);
  });

  it('give a value that most inputs have a bin of its own', () => {
    const values = [...Array<number>(60).fill(0), ...Array.from({ length: 40 }, (_, at) => 1 + at)];
    const { edges, counts } = profileValues(values) as NumericProfile;
    expect(edges.slice(0, 2)).toEqual([0, 1]);
    expect(counts.slice(0, 2)).toEqual([0, 60]);
  });

  it('are equally full where the values cannot be parted evenly', () => {
    const { counts } = profileValues(Array.from({ length: 184 }, (_, at) => at)) as NumericProfile;
    expect(counts).toHaveLength(13);
    expect(new Set(counts)).toEqual(new Set([14, 15]));
  });

  it('are few where there are few values', () => {
    expect((profileValues([1, 2]) as NumericProfile).counts).toEqual([0, 1, 1, 0]);
    expect((profileValues(Array.from({ length: 100 }, (_, at) => at)) as NumericProfile).counts).toHaveLength(
      10,
    );
  });

  it('count every finite number once, and the rest as missing', () => {
    const value = fc.oneof(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.constantFrom(0, 1, Number.NaN, Infinity, undefined),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 200 }), (values) => {
        const profile = profileValues(values);
        const finite = values.filter((one) => Number.isFinite(one));
        if (finite.length === 0) expect(profile).toBeUndefined();
        else {
          expect(profile).toMatchObject({ count: finite.length, missing: values.length - finite.length });
          const whole = { schemaVersion: 1, inputs: values.length, features: { x: profile } };
          // The schema wants ascending edges and counts that add up.
          expect(referenceProfile.safeParse(whole).error).toBeUndefined();
        }
      }),
    );
  });

  it('are names where the values are', () => {
    expect(profileValues(['png', 'jpeg', undefined, 'png'])).toEqual({
      ...{ kind: 'categorical', count: 3, missing: 1, counts: { jpeg: 1, png: 2 } },
    });
  });
});

describe('a reference profile', () => {
  const preprocessing = {
    kind: 'tabular' as const,
    features: [{ name: 'alcohol', mean: 0, std: 1 }],
  };
  const scores = {
    probabilities: Float64Array.of(0.75, 0.25, 0.5, 0.5, 0.125, 0.875),
    labels: Int32Array.of(0, 0, 1),
    classes: 2,
  };

  it('tells of inputs, answers and embeddings by the names that the log has for them', () => {
    const size = 40;
    const values = Float32Array.from({ length: 3 * size }, (_, at) => Math.sin(at));
    const { profile, sample } = buildReference({
      facts: [{ alcohol: 9 }, { alcohol: 10 }, { alcohol: 11 }],
      preprocessing,
      labels: ['no', 'yes'],
      scores,
      embeddings: { values, size },
      projection: { ...defaultProjection, dimensions: 2 },
      distances: Float64Array.of(1, 2, 6),
    });
    const { inputs, features } = profile;
    expect(inputs).toBe(3);
    expect(sample.columns).toEqual(Object.keys(features));
    const valuesOf = (id: string) => sample.records.find((record) => record.id === id)?.values.slice(0, 4);
    expect(valuesOf('2')).toEqual([11, 'yes', 0.875, 0.75]);
    expect(sample.records).toHaveLength(3);
    expect(Object.keys(features)).toEqual([
      ...['feature.alcohol', 'prediction', 'confidence', 'margin', 'entropy', 'score.no', 'score.yes'],
      ...['embedding.0', 'embedding.1', 'scopeDistance'],
    ]);
    const mean = (name: string) => (features[name] as NumericProfile).mean;
    expect(mean('feature.alcohol')).toBe(10);
    expect(features.prediction).toMatchObject({ counts: { no: 2, yes: 1 } });
    expect(mean('confidence')).toBeCloseTo((0.75 + 0.5 + 0.875) / 3, 5);
    expect(mean('margin')).toBeCloseTo((0.5 + 0 + 0.75) / 3, 5);
    // Bits of a coin that falls on one side in 3 of 4, 1 of 2 and 7 of 8 throws.
    expect(mean('entropy')).toBeCloseTo((0.811278 + 1 + 0.543564) / 3, 5);
    expect(mean('score.yes')).toBeCloseTo((0.25 + 0.5 + 0.875) / 3, 5);
    expect(mean('scopeDistance')).toBe(3);
    const project = createProjection({ ...defaultProjection, dimensions: 2 });
    const first = [0, 1, 2].map((row) => project(values.subarray(row * size, (row + 1) * size))[0]!);
    expect(mean('embedding.0')).toBeCloseTo((first[0]! + first[1]! + first[2]!) / 3, 3);
  });

  it('leaves the scores of very many labels out', () => {
    const labels = Array.from({ length: 101 }, (_, at) => `label-${at}`);
    const { profile } = buildReference({
      facts: [{ alcohol: 9 }],
      preprocessing,
      labels,
      scores: {
        probabilities: Float64Array.from(labels, (_, at) => (at === 3 ? 1 : 0)),
        labels: Int32Array.of(0),
        classes: 101,
      },
      projection: defaultProjection,
    });
    const { features } = profile;
    expect(Object.keys(features).filter((name) => name.startsWith('score.'))).toEqual([]);
    expect(features.prediction).toMatchObject({ counts: { 'label-3': 1 } });
  });
});
