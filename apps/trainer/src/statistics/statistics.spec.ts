import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeImage, resizePillow, type Pixels } from '@assay/preprocessing';
import { seededRandom, type Random } from '@assay/random';
import { dataStats } from '../commands/data-stats.ts';
import { recordingOutput } from '../output.ts';
import { exactDuplicates } from './duplicates.ts';
import type { FileFacts } from './file-properties.ts';
import { findLeaks } from './find-leaks.ts';
import { nearDuplicates } from './near-duplicates.ts';
import { outOfFoldScores } from './out-of-fold-scores.ts';
import { hashDistance, lookOf } from './perceptual-hash.ts';

const usual: FileFacts = {
  name: 'IMG_0001.jpg',
  format: 'jpeg',
  width: 640,
  height: 480,
  bytes: 50_000,
  colour: 'srgb 3',
  depth: 'uchar',
  hasAlpha: false,
  isProgressive: false,
  chromaSubsampling: '4:2:0',
  jpegQuality: 90,
  orientation: 1,
  hasExif: false,
  hasIcc: false,
  hasXmp: false,
};

/** Files of equal properties but for what is given, so many of each label. */
function files(
  labels: readonly string[],
  count: number,
  facts: (label: string, random: Random, index: number) => Partial<FileFacts>,
) {
  const random = seededRandom('files', count);
  return labels.flatMap((label) =>
    Array.from({ length: count }, (_, index) => ({
      label,
      facts: { ...usual, ...facts(label, random, index) },
    })),
  );
}

const verdicts = (...args: Parameters<typeof findLeaks>) =>
  Object.fromEntries(
    findLeaks(...args)
      .filter(({ verdict }) => verdict !== 'none')
      .map(({ property, verdict }) => [property, verdict]),
  );

const two = ['cat', 'dog'];
const many = Array.from({ length: 20 }, (_, index) => `species ${index}`);

describe('leaks', () => {
  it('are properties of how the files were made that tell the class, whatever the number of classes', () => {
    const png = (of: string) => (label: string) =>
      label === of ? { format: 'png' as const, chromaSubsampling: 'none' } : {};
    expect(verdicts(files(two, 10, png('dog')), two)).toEqual({ format: 'leak', chromaSubsampling: 'leak' });
    expect(verdicts(files(many, 30, png('species 7')), many)).toEqual({
      format: 'leak',
      chromaSubsampling: 'leak',
    });
    const exif = files(two, 200, (label, random) => ({
      hasExif: random.chance(label === 'cat' ? 0.9 : 0.2),
    }));
    const [finding] = findLeaks(exif, two).filter(({ verdict }) => verdict === 'leak');
    expect(finding).toMatchObject({ property: 'exif', kind: 'made' });
    // Sensitivity 0.9, specificity 0.8: the area under the two-point curve is their mean.
    expect(finding!.auroc).toBeCloseTo(0.85, 1);
    expect(finding!.example).toMatch(/^(?:yes|no): \d+ of \d+ files$/);
  });

  it('are sizes that recur with the class, not sizes that every image has of its own', () => {
    const generated = files(two, 60, (label, random) =>
      label === 'dog'
        ? { width: 1024, height: 1024 }
        : { width: 500 + random.integer(2000), height: 500 + random.integer(2000) },
    );
    expect(verdicts(generated, two)).toMatchObject({ size: 'leak' });
    const silhouettes = files(many, 40, (label, random) => ({
      width: 300 + random.integer(40),
      height: 200 + 30 * many.indexOf(label) + random.integer(40),
    }));
    expect(verdicts(silhouettes, many)).toEqual({ pixels: 'hint', aspectRatio: 'hint' });
  });

  it('are measured properties too where there are two classes and they part them nearly', () => {
    const bytes = (gap: number) =>
      files(two, 100, (label, random) => ({
        bytes: 50_000 + 1000 * (random.normal() + (label === 'dog' ? gap : 0)),
      }));
    expect(verdicts(bytes(4), two)).toEqual({ fileSize: 'leak' });
    expect(verdicts(bytes(0.5), two)).toEqual({});
  });

  it('are never names, which no network sees', () => {
    const named = files(two, 50, (label, _, index) => ({
      name: label === 'cat' ? `${index}.jpg` : `DSC_${index}.jpg`,
    }));
    expect(verdicts(named, two)).toEqual({ fileName: 'hint' });
  });

  it('are not seen in noise, be the files few or many', () => {
    for (const count of [3, 8, 30, 300])
      for (const labels of [two, many.slice(0, 10)]) {
        const noise = files(labels, count, (_, random) => ({
          format: random.chance(0.5) ? 'png' : 'jpeg',
          jpegQuality: 60 + random.integer(40),
          width: 100 + random.integer(500),
          height: 100 + random.integer(500),
          bytes: 1000 + random.integer(100_000),
          hasExif: random.chance(0.1),
        }));
        expect(verdicts(noise, labels)).toEqual({});
      }
  });

  it('need more files than a handful', () => {
    const clear = (label: string) => ({ hasExif: label === 'dog' });
    expect(verdicts(files(two, 4, clear), two)).toEqual({});
    expect(verdicts(files(two, 12, clear), two)).toEqual({ exif: 'leak' });
  });
});

describe('out-of-fold scores', () => {
  it('are the shares of the classes among equal values in the other folds, smoothed by one sample', () => {
    // Ten of each class, in five folds of two; "a" is always class 0, "b" always class 1.
    const classes = Int32Array.from({ length: 20 }, (_, index) => index % 2);
    const values = Array.from(classes, (label) => (label === 0 ? 'a' : 'b'));
    const scores = outOfFoldScores(values, classes, 2);
    // Eight others are of class 0 and the prior is one half: (8 + 0.5) / 9.
    expect(scores[0]).toBeCloseTo(8.5 / 9, 12);
    expect(scores[1]).toBeCloseTo(0.5 / 9, 12);
  });

  it('say no more of a value that occurs once than of any', () => {
    const classes = Int32Array.from({ length: 20 }, (_, index) => index % 2);
    const scores = outOfFoldScores(
      Array.from(classes, (_, index) => `${index}`),
      classes,
      2,
    );
    expect(new Set(scores)).toEqual(new Set([0.5]));
  });
});

function painting(seed: string, side: number): Pixels {
  const random = seededRandom('painting', seed);
  const waves = Array.from({ length: 8 }, () => [
    random.between(0, 5),
    random.between(0, 5),
    random.between(0, 6),
  ]);
  const data = new Uint8Array(side * side * 3);
  for (let at = 0; at < data.length; at++) {
    const [x, y] = [(Math.floor(at / 3) % side) / side, Math.floor(at / 3 / side) / side];
    const sum = waves.reduce((total, [u, v, w]) => total + Math.cos(6.28 * (u! * x + v! * y) + w!), 0);
    data[at] = Math.max(0, Math.min(255, 128 + 28 * sum));
  }
  return { width: side, height: side, channels: 3, data };
}

describe('near-duplicates', () => {
  it('are pictures of another size or compression, not other pictures', () => {
    const originals = Array.from({ length: 16 }, (_, index) => painting(`${index}`, 64));
    const smaller = resizePillow(originals[4]!, { width: 40, height: 40, filter: 'bicubic' });
    const noisy = { ...originals[9]!, data: originals[9]!.data.map((byte, at) => byte + (at % 2)) };
    const looks = [...originals, smaller, noisy, smaller].map(lookOf);
    expect(nearDuplicates(looks)).toEqual([
      [4, 16, 18],
      [9, 17],
    ]);
    expect(hashDistance(looks[4]!.hash, looks[16]!.hash)).toBeLessThanOrEqual(4);
    expect(hashDistance(looks[4]!.hash, looks[5]!.hash)).toBeGreaterThan(10);
  });

  it('are found whichever four bits of the hash differ', () => {
    const { hash, thumbnail } = lookOf(painting('bits', 64));
    const random = seededRandom('bits');
    for (let trial = 0; trial < 50; trial++) {
      const changed: [number, number] = [...hash];
      for (const bit of random.shuffle(Array.from({ length: 64 }, (_, at) => at)).slice(0, 4))
        changed[bit < 32 ? 0 : 1] ^= 1 << (bit % 32);
      expect(hashDistance(hash, changed)).toBe(4);
      expect(
        nearDuplicates([
          { hash, thumbnail },
          { hash: changed, thumbnail },
        ]),
      ).toEqual([[0, 1]]);
    }
  });
});

describe('duplicates', () => {
  it('say whether they cross parts and labels', () => {
    const sample = (digest: string, label: string, split: 'train' | 'test') => ({
      digest,
      path: digest,
      label,
      split,
    });
    const groups = exactDuplicates([
      sample('1', 'a', 'train'),
      sample('2', 'a', 'train'),
      sample('1', 'a', 'test'),
      sample('2', 'b', 'train'),
      sample('3', 'b', 'train'),
    ]);
    expect(groups.map(({ acrossSplits, acrossLabels }) => [acrossSplits, acrossLabels])).toEqual([
      [true, false],
      [false, true],
    ]);
  });
});

const folder = mkdtempSync(join(tmpdir(), 'assay-statistics-'));
beforeAll(async () => {
  for (const label of two)
    for (let index = 0; index < 12; index++) {
      const image = painting(`${label}${index}`, 40);
      const path = join(folder, 'pets', label, `${index}.${label === 'cat' ? 'jpg' : 'png'}`);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, await encodeImage(image, label === 'cat' ? 'jpeg' : 'png'));
      if (index === 0)
        writeFileSync(`${path}.copy`, await encodeImage(image, label === 'cat' ? 'jpeg' : 'png'));
      if (index === 1) writeFileSync(`${path}.again`, await encodeImage(image, 'jpeg', { quality: 60 }));
    }
  writeFileSync(join(folder, 'pets', 'dog', 'broken.png'), 'not an image');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('assay data stats', () => {
  it('counts, compares and judges a folder of class folders', async () => {
    const output = recordingOutput();
    const statistics = await dataStats({ data: join(folder, 'pets'), state: folder, json: false }, output);
    expect(statistics.labels).toEqual(two);
    const total = Object.values(statistics.counts).reduce((sum, { cat = 0, dog = 0 }) => sum + cat + dog, 0);
    expect(total).toBe(29);
    expect(statistics.exactDuplicates).toHaveLength(2);
    expect(statistics.images).toMatchObject({ formats: { jpeg: 14, png: 12 }, width: [40, 40, 40] });
    expect(statistics.images!.nearDuplicates.map(({ samples }) => samples.length)).toEqual([2, 2]);
    expect(statistics.faults).toEqual([expect.stringContaining('broken.png')]);
    const text = output.lines.join('\n');
    expect(text).toContain('LEAK: format tells');
    expect(text).toContain('2 group(s) of samples of equal content; 0 across parts, 0 with different labels');
  });

  it('says what it expects where there is nothing', async () => {
    await expect(
      dataStats({ data: 'nowhere', state: folder, json: true }, recordingOutput()),
    ).rejects.toThrow('expected a training configuration, its name, the name of a data set');
  });
});
