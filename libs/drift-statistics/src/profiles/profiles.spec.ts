import type { DriftProfile, RecordSample } from '@assay/schema';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { binOf, profileRecords, type FeatureRow } from './profile-records.ts';
import { readReferenceProfile, type FrozenReference } from './frozen-reference.ts';
import { mergeProfiles } from './merge-profiles.ts';
import { columnOf, mergeSamples, sampleRecords } from './record-sample.ts';
import { parseProfile, serialiseProfile } from './serialise-profile.ts';

const content = {
  schemaVersion: 1,
  inputs: 4,
  features: {
    brightness: {
      ...{ kind: 'numeric', count: 4, missing: 0, mean: 2.5, deviation: 1, minimum: 1, maximum: 4 },
      ...{ edges: [2, 3], counts: [1, 1, 2] },
    },
    format: { kind: 'categorical', count: 4, missing: 0, counts: { jpeg: 3, png: 1 } },
  },
};

const row = fc.record({
  brightness: fc.oneof(
    fc.double({ min: -100, max: 100 }),
    fc.constantFrom(NaN, Infinity, null, undefined, 'dark'),
  ),
  format: fc.constantFrom('jpeg', 'png', '__proto__', 'constructor', null, undefined),
});

describe('profiles of a reference', () => {
  let reference: FrozenReference;
  beforeAll(async () => {
    reference = await readReferenceProfile(content);
  });

  const profileOf = (rows: readonly FeatureRow[], source: string, hour = '2026-11-20T14'): DriftProfile =>
    profileRecords(reference, { model: 'birds', version: '1', slice: 'all', hour, source }, rows);

  describe('readReferenceProfile', () => {
    it('keeps the package’s bins and adds outer ones, whose counts are zero', () => {
      const { brightness } = reference.features;
      if (brightness?.kind !== 'numeric') throw new Error('expected a numeric feature');
      expect(brightness.edges.slice(8, 12)).toEqual([0.75, 2, 3, 4.25]);
      expect(brightness.edges).toHaveLength(20);
      expect(brightness.counts.slice(8, 13)).toEqual([0, 1, 1, 2, 0]);
      expect(brightness.counts.reduce((sum, count) => sum + count)).toBe(4);
    });

    it('has a digest of the bins, not of the counts', async () => {
      const [features, brightness] = [content.features, content.features.brightness];
      const others = { ...brightness, counts: [2, 1, 1] };
      const bins = { ...brightness, edges: [2, 3.5] };
      const digestOf = async (feature: object) =>
        (await readReferenceProfile({ ...content, features: { ...features, brightness: feature } })).digest;
      expect(reference.digest).toMatch(/^[0-9a-f]{64}$/);
      expect(await digestOf(others)).toBe(reference.digest);
      expect(await digestOf(bins)).not.toBe(reference.digest);
    });

    it('names the fault of what is no reference profile', async () => {
      await expect(readReferenceProfile({ ...content, schemaVersion: 2 })).rejects.toMatchObject({
        code: 'invalid-profile',
        message: expect.stringContaining('schemaVersion'),
      });
    });
  });

  describe('profileRecords', () => {
    it('counts a value in the bin that begins with the edge at or below it', () => {
      expect([1.9, 2, 2.9, 3, 99, -99].map((value) => binOf(value, [2, 3]))).toEqual([0, 1, 1, 2, 2, 0]);
    });

    it('counts missing and infinite values apart from the bins', () => {
      const profile = profileOf(
        [
          { brightness: 2.5, format: 'jpeg' },
          { brightness: NaN },
          { brightness: -Infinity, format: 'gif' },
          {},
        ],
        'a',
      );
      expect(profile.records).toBe(4);
      expect(profile.features.brightness).toMatchObject({ missing: 2, infinite: 1 });
      expect(profile.features.format).toEqual({
        kind: 'categorical',
        missing: 2,
        counts: { jpeg: 1, gif: 1 },
      });
    });

    it('sums distances from the reference’s mean in whole numbers, held to 64 deviations', () => {
      const rows = [3, 1.75, 1e9, NaN, Infinity].map((brightness) => ({ brightness }));
      // (0.5 − 0.75 + 64) × 65,536
      expect(profileOf(rows, 'a').features.brightness).toMatchObject({ sum: 63.75 * 65_536 });
    });

    it('puts what lies beyond all edges into the underflow and the overflow', () => {
      const { brightness } = profileOf(
        [{ brightness: -1e9 }, { brightness: 1e9 }, { brightness: 1e9 }],
        'a',
      ).features;
      if (brightness?.kind !== 'numeric') throw new Error('expected a numeric feature');
      expect([brightness.counts[0], brightness.counts.at(-1)]).toEqual([1, 2]);
    });
  });

  describe('mergeProfiles', () => {
    /** Rows spread over sources, in the order and the tree that the generator says. */
    const spread = fc.record({
      rows: fc.array(row, { minLength: 1, maxLength: 40 }),
      shards: fc.integer({ min: 1, max: 6 }),
      seed: fc.infiniteStream(fc.nat()),
    });

    it('gives the same bytes for any sharding, any order and any tree of merges', () => {
      fc.assert(
        fc.property(spread, ({ rows, shards, seed }) => {
          const next = () => seed.next().value as number;
          const parts = Array.from({ length: shards }, (_, i) =>
            profileOf(
              rows.filter((_row, at) => at % shards === i),
              `log/${i}`,
              `2026-11-20T0${i}`,
            ),
          );
          const expected = serialiseProfile(mergeProfiles(parts));
          const forest = [...parts];
          while (forest.length > 1) {
            const [a] = forest.splice(next() % forest.length, 1);
            const [b] = forest.splice(next() % forest.length, 1);
            // A profile that is merged already adds nothing, wherever it comes again.
            forest.push(mergeProfiles(next() % 2 ? [a!, b!, a!] : [b!, a!]));
          }
          expect(serialiseProfile(forest[0]!)).toBe(expected);
          // The counts are those of all rows at once.
          const { features } = profileOf(rows, 'whole');
          expect(mergeProfiles(parts).features).toEqual(features);
          expect(parseProfile(expected, 'a.json')).toEqual(JSON.parse(expected));
          expect(serialiseProfile(parseProfile(expected, 'a.json'))).toBe(expected);
        }),
        { numRuns: 60 },
      );
    });

    it('leaves its arguments as they were', () => {
      const [a, b] = [profileOf([{ brightness: 1 }], 'a'), profileOf([{ brightness: 1 }], 'b')];
      const before = serialiseProfile(a);
      mergeProfiles([a, b]);
      expect(serialiseProfile(a)).toBe(before);
    });

    it('spans the hours of its parts', () => {
      const parts = ['2026-11-20T14', '2026-11-19T23', '2026-11-20T02'].map((hour) =>
        profileOf([], hour, hour),
      );
      expect(mergeProfiles(parts)).toMatchObject({ from: '2026-11-19T23', to: '2026-11-20T14' });
    });

    it('refuses sources that overlap in part, since nothing can be taken out again', () => {
      const [a, b, c] = ['a', 'b', 'c'].map((source) => profileOf([{}], source));
      expect(() => mergeProfiles([mergeProfiles([a!, b!]), mergeProfiles([b!, c!])])).toThrow(
        '"b" is in two',
      );
    });

    it('refuses another model, slice or reference, and nothing at all', () => {
      const one = profileOf([], 'a');
      for (const other of [
        { model: 'wine' },
        { version: '2' },
        { slice: 'hour=3' },
        { reference: '0'.repeat(64) },
      ])
        expect(() => mergeProfiles([one, { ...one, ...other, sources: ['b'] }])).toThrow(
          'Merge each by itself',
        );
      expect(() => mergeProfiles([])).toThrow('got none');
    });
  });
});

describe('parseProfile', () => {
  it.each([
    ['{"schemaVersion":', 'it is damaged'],
    ['{"schemaVersion":2}', 'schemaVersion'],
  ])('refuses %p and names the object', (text, message) => {
    expect(() => parseProfile(text, 'profiles/x.json')).toThrow(message);
    expect(() => parseProfile(text, 'profiles/x.json')).toThrow('profiles/x.json');
  });
});

describe('parseProfile of counts', () => {
  it.each([
    ['a negative count', [1, -1]],
    ['half a value', [1.5]],
    ['a count beyond whole numbers', [2 ** 53]],
    ['no bin', []],
    ['text', ['1']],
  ])('refuses %s and names the feature', (_name, counts) => {
    const profile = {
      ...{ schemaVersion: 1, model: 'birds', version: '1', slice: 'all', reference: '0'.repeat(64) },
      ...{ sources: ['a'], from: '2026-11-20T14', to: '2026-11-20T14', records: 1 },
      features: { brightness: { kind: 'numeric', missing: 0, infinite: 0, counts, sum: 0 } },
    };
    expect(() => parseProfile(JSON.stringify(profile), 'x.json')).toThrow('features.brightness.counts');
  });
});

describe('sampleRecords', () => {
  const columns = ['x'];
  const records = (count: number, from = 0) =>
    Array.from({ length: count }, (_, i) => ({ id: `id-${from + i}`, row: { x: from + i } }));
  const bytes = (sample: RecordSample) => JSON.stringify(sample);

  it('depends on the set of records alone: any sharding, order, repetition and tree of merges', () => {
    const all = records(60);
    const expected = bytes(sampleRecords(all, { capacity: 10, columns }));
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 3 }), { minLength: 60, maxLength: 60 }),
        fc.shuffledSubarray(all, { minLength: 60 }),
        (shardOf, shuffled) => {
          const shards = [0, 1, 2, 3].map((shard) =>
            sampleRecords(
              shuffled.filter((_, i) => shardOf[i] === shard || shardOf[i] === shard + 1),
              { capacity: 10, columns },
            ),
          );
          const rest = sampleRecords(shuffled, { capacity: 10, columns });
          const [a, b, c, d] = shards as [RecordSample, RecordSample, RecordSample, RecordSample];
          expect(
            bytes(mergeSamples([mergeSamples([a, b]), mergeSamples([d, mergeSamples([c, rest])])])),
          ).toBe(expected);
          expect(bytes(mergeSamples([rest, rest]))).toBe(expected);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('is uniform: over 400 seeds each of 40 records is kept in a quarter of the samples, within five deviations', () => {
    const kept = new Map<string, number>();
    for (let seed = 0; seed < 400; seed++)
      for (const { id } of sampleRecords(records(40), { capacity: 10, seed: String(seed), columns }).records)
        kept.set(id, (kept.get(id) ?? 0) + 1);
    for (const { id } of records(40))
      expect(Math.abs((kept.get(id) ?? 0) - 100)).toBeLessThan(5 * Math.sqrt(75));
  });

  it('keeps everything where there is room, and `null` for what is no finite number', () => {
    const sample = sampleRecords(
      [
        { id: 'a', row: { x: NaN } },
        { id: 'b', row: {} },
        { id: 'c', row: { x: 3 } },
      ],
      { columns },
    );
    expect(sample.records).toHaveLength(3);
    expect(columnOf(sample, 'x')).toEqual({ values: Float64Array.of(3), missing: 2 });
  });

  it('refuses to merge samples of different seeds', () => {
    const [a, b] = ['1', '2'].map((seed) => sampleRecords(records(3), { seed, columns }));
    expect(() => mergeSamples([a!, b!])).toThrow('Expected samples of one seed');
  });
});
