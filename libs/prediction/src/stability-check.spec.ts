import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPackage } from '@assay/model-registry';
import { corruptImage, corruptions, decodeImage, seededRandom } from '@assay/preprocessing';
import { stability } from '@assay/schema';
import { makePng, makeTinyPackage, type Rgb, type TinyPackageOptions } from '@assay/testing';
import { openClassifier, type Classifier } from './classifier.ts';
import { createStabilityCheck } from './stability-check.ts';

const grey = (level: number): Rgb => [level, level, level];
const flat = (level: number) => makePng(16, 16, grey(level));

describe('a stability check', () => {
  let folder: string;
  let opened: Classifier[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stability-'));
  });
  afterEach(async () => {
    await Promise.all(opened.map((classifier) => classifier.close()));
    opened = [];
    await rm(folder, { recursive: true });
  });

  const open = async (options: TinyPackageOptions = {}) => {
    await makeTinyPackage(folder, options);
    const classifier = await openClassifier(await readPackage(folder));
    opened.push(classifier);
    return classifier;
  };
  const check = async (classifier: Classifier, bytes: Uint8Array) => {
    const { answer } = await classifier.classify({ bytes });
    return { answer, found: await createStabilityCheck().check(classifier, { bytes, answer }) };
  };

  it('finds an answer that nothing changes stable', async () => {
    const { answer, found } = await check(await open(), flat(230));
    expect(stability.parse(found)).toEqual(found);
    expect(found).toMatchObject({ of: 'bright', probability: answer.probability, stable: true });
    expect(found.rows.map(({ name }) => name)).toEqual([
      ...['JPEG quality 90', 'JPEG quality 70', 'JPEG quality 50', 'JPEG quality 30'],
      ...['resized × 0.5 and back', 'resized × 0.25 and back'],
      ...['blur, σ 0.5 px', 'blur, σ 1 px', 'blur, σ 2 px'],
      ...['noise, σ 4 of 255', 'noise, σ 8 of 255', 'noise, σ 16 of 255'],
    ]);
    expect(found.rows.every(({ flips, prediction, decision }) => !flips && prediction === decision)).toBe(
      true,
    );
    // A flat image stays what it is when it is blurred or resized.
    for (const row of found.rows.slice(4, 9)) expect(row.probability).toBeCloseTo(answer.probability, 10);
    expect(found.summary).toMatch(
      /^The answer stays "bright" under all 12 changes; .* between (99|100) % and 100 %\.$/,
    );
  });

  it('gives what the model says of the image when it is changed by hand', async () => {
    const classifier = await open();
    const bytes = makePng(16, 16, (x, y) => grey((x * 37 + y * 91) % 256));
    const { found } = await check(classifier, bytes);
    const image = await decodeImage(bytes, {
      spec: { autoOrient: true, icc: false, background: [255, 255, 255], colour: 'rgb' },
    });
    for (const row of found.rows) {
      const changed = await corruptImage(image, row.corruption, seededRandom(0, 'corruption'));
      const file = makePng(
        16,
        16,
        (x, y) => [...changed.data.subarray((y * 16 + x) * 3, (y * 16 + x) * 3 + 3)] as never,
      );
      const { answer } = await classifier.classify({ bytes: file });
      expect(row.probability).toBeCloseTo(answer.probability, 10);
    }
    expect(found.rows.every(({ corruption }) => corruptions.includes(corruption))).toBe(true);
    expect((await check(classifier, bytes)).found).toEqual(found);
  });

  it('warns where the decision flips, and says under what', async () => {
    // Clear only where nothing is changed: noise is cut off at white, and what is cut off makes the image darker.
    const classifier = await open({ minimumConfidence: 0.9996 });
    const { answer, found } = await check(classifier, flat(254));
    expect(answer.decision).toBe('bright');
    expect(found.stable).toBe(false);
    const flipped = found.rows.filter(({ flips }) => flips);
    expect(flipped.map(({ name }) => name)).toContain('noise, σ 16 of 255');
    expect(
      flipped.every(({ decision, prediction }) => decision === 'uncertain' && prediction === 'bright'),
    ).toBe(true);
    expect(found.lowest).toBe(Math.min(...found.rows.map(({ probability }) => probability)));
    expect(found.lowest).toBeLessThan(found.probability);
    expect(found.summary).toMatch(
      /does not stay "bright" under \d+ of 12 changes \(.*noise.*\); .*do not rely on it\.$/,
    );
  });

  it('counts a change of scope as one of the answer, with the label the same', async () => {
    // The squared distance of a flat image from the origin is twice its level's square: just beyond the gate.
    const level = (254 / 255 - 0.5) / 0.5;
    const { answer, found } = await check(await open({ scopeThreshold: 2 * level ** 2 - 0.01 }), flat(254));
    expect(answer.decision).toBe('out-of-scope');
    const noisy = found.rows.find(({ name }) => name === 'noise, σ 16 of 255');
    expect(noisy).toMatchObject({ prediction: 'bright', decision: 'bright', flips: true });
  });

  it('is for images only', async () => {
    const classifier = await open({ kind: 'tabular' });
    const answer = { prediction: 'small', probabilities: { small: 1, large: 0 }, decision: 'small' };
    await expect(createStabilityCheck().check(classifier, { bytes: flat(1), answer })).rejects.toMatchObject({
      code: 'wrong-input-kind',
    });
  });

  it('ends for a caller who has gone away', async () => {
    const classifier = await open();
    const { answer } = await classifier.classify({ bytes: flat(230) });
    const gone = AbortSignal.abort(new Error('gone'));
    const checks = createStabilityCheck();
    await expect(checks.check(classifier, { bytes: flat(230), answer }, gone)).rejects.toThrow('gone');
    expect((await checks.check(classifier, { bytes: flat(230), answer })).stable).toBe(true);
  });
});
