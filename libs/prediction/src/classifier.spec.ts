import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPackage } from '@assay/model-registry';
import { makePng, makeTinyPackage, type TinyPackageOptions } from '@assay/testing';
import { openClassifier, type Classifier, type ClassifierOptions } from './classifier.ts';

/** Logit of `bright` for a picture of this grey level: gain 4 times the normalised level. */
const brightLogit = (grey: number) => 4 * ((grey / 255 - 0.5) / 0.5);
const greyPicture = (grey: number) => ({ bytes: makePng(16, 12, [grey, grey, grey]) });

describe('a classifier', () => {
  let folder: string;
  let opened: Classifier[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'classifier-'));
  });
  afterEach(async () => {
    await Promise.all(opened.map((classifier) => classifier.close()));
    opened = [];
    await rm(folder, { recursive: true });
  });

  const open = async (options: TinyPackageOptions = {}, rest: ClassifierOptions = {}) => {
    await makeTinyPackage(folder, options);
    const classifier = await openClassifier(await readPackage(folder), rest);
    opened.push(classifier);
    return classifier;
  };

  it('keeps the outputs and the input that it is asked to keep, and nothing else', async () => {
    const classifier = await open();
    const grey = (200 / 255 - 0.5) / 0.5;
    const { kept } = await classifier.classify(greyPicture(200), {
      keep: { outputs: ['features'], input: true },
    });
    expect(kept?.input.shape).toEqual([1, 3, 8, 8]);
    expect(kept?.input.data.every((value) => Math.abs(value - grey) < 1e-6)).toBe(true);
    expect(kept?.outputs.features?.shape).toEqual([1, 2, 8, 8]);
    expect(kept?.outputs.features?.data[0]).toBeCloseTo(grey, 5);
    const bare = await classifier.classify(greyPicture(200), { keep: {} });
    expect(bare.kept).toEqual({ input: { shape: [1, 3, 8, 8], data: new Float32Array(0) }, outputs: {} });
    expect(await classifier.classify(greyPicture(200))).not.toHaveProperty('kept');
  });

  it('shows the decoded image before the answer is there', async () => {
    const classifier = await open();
    const seen: string[] = [];
    const onImage = (image: { width: number; height: number }) =>
      seen.push(`${image.width} × ${image.height}`);
    const result = classifier.classify(greyPicture(200), { onImage }).then(() => seen.push('answer'));
    await result;
    expect(seen).toEqual(['16 × 12', 'answer']);
  });

  it('scores prepared rows one by one', async () => {
    const classifier = await open();
    const rows = Float32Array.from({ length: 2 * 3 * 64 }, (_, i) => (i < 3 * 64 ? 0.5 : -0.25));
    const logits = await classifier.score({ shape: [2, 3, 8, 8], data: rows });
    [-2, 2, 1, -1].forEach((expected, i) => expect(logits[i]).toBeCloseTo(expected, 5));
    const stop = AbortSignal.abort(new Error('enough'));
    await expect(
      classifier.score({ shape: [1, 3, 8, 8], data: new Float32Array(192) }, stop),
    ).rejects.toThrow('enough');
    expect(classifier.depth).toBe(0);
  });

  it('goes from the bytes of an image to the answer', async () => {
    const classifier = await open();
    const { answer, logits, embedding, image, stages } = await classifier.classify(greyPicture(200));
    const expected = brightLogit(200);
    expect(logits[0]).toBeCloseTo(-expected, 4);
    expect(logits[1]).toBeCloseTo(expected, 4);
    expect(embedding?.[0]).toBeCloseTo(expected / 4, 5);
    expect(embedding?.[1]).toBeCloseTo(-expected / 4, 5);
    expect(image).toMatchObject({ width: 16, height: 12, format: 'png' });
    expect(answer).toMatchObject({
      model: { name: 'tiny', version: '1.0.0', variant: 'fp32' },
      prediction: 'bright',
      decision: 'bright',
      views: 1,
    });
    expect(answer.probability).toBeCloseTo(1 / (1 + Math.exp(-2 * expected)), 5);
    expect(Object.keys(stages).sort()).toEqual(['decode', 'inference', 'postprocess', 'preprocess', 'queue']);
    expect(Object.values(stages).every((time) => time >= 0)).toBe(true);
  });

  it('averages the logits over the views of an image', async () => {
    const classifier = await open({ crop: { mode: 'several', width: 8, height: 8, count: 4 } });
    // the left half is black, the right half white: the views cancel out
    const bytes = makePng(16, 16, (x) => (x < 8 ? [0, 0, 0] : [255, 255, 255]));
    const { answer, logits } = await classifier.classify({ bytes });
    expect(answer.views).toBe(4);
    expect(logits[0]).toBeCloseTo(0, 5);
    expect(answer.probability).toBeCloseTo(0.5, 5);
  });

  it('scales by the temperature and answers uncertain below the least confidence', async () => {
    const classifier = await open({ temperature: 8, minimumConfidence: 0.7 });
    const { answer } = await classifier.classify(greyPicture(200));
    const expected = 1 / (1 + Math.exp((-2 * brightLogit(200)) / 8));
    expect(answer.confidence).toBeCloseTo(expected, 5);
    expect(expected).toBeLessThan(0.7);
    expect(answer).toMatchObject({ prediction: 'bright', decision: 'uncertain' });
  });

  it('turns away what lies outside its scope, however sure it is', async () => {
    const classifier = await open({ scopeThreshold: 1 });
    // embedding [1, -1]: squared distance 2
    const { answer } = await classifier.classify(greyPicture(255));
    expect(answer.scope?.distance).toBeCloseTo(2, 4);
    expect(answer).toMatchObject({
      prediction: 'bright',
      decision: 'out-of-scope',
      scope: { inside: false },
    });
    expect((await classifier.classify(greyPicture(200))).answer.decision).toBe('bright');
  });

  it('classifies named numbers', async () => {
    const classifier = await open({ kind: 'tabular' });
    // (12 - 10) / 2 + 0.5 = 1.5
    const { answer, logits, image, embedding } = await classifier.classify({
      features: { height: 12, width: 0.5 },
    });
    expect(logits).toEqual(Float32Array.of(-6, 6));
    expect(answer.prediction).toBe('large');
    expect(image).toBeUndefined();
    expect(embedding).toBeUndefined();
    await expect(classifier.classify({ features: { height: 12 } })).rejects.toMatchObject({
      code: 'invalid-features',
    });
  });

  it('says which kind of input it takes', async () => {
    const images = await open();
    await expect(images.classify({ features: {} })).rejects.toMatchObject({
      code: 'wrong-input-kind',
      message: 'This model takes an image; received features.',
    });
    const numbers = await open({ kind: 'tabular' });
    await expect(numbers.classify(greyPicture(0))).rejects.toMatchObject({ code: 'wrong-input-kind' });
  });

  it('goes on after an input that cannot be read', async () => {
    const classifier = await open({}, { concurrency: 1 });
    await expect(classifier.classify({ bytes: Buffer.from('not an image') })).rejects.toMatchObject({
      code: 'unreadable-image',
    });
    await expect(
      classifier.classify({ bytes: makePng(16, 12, [0, 0, 0]).subarray(0, 45) }),
    ).rejects.toMatchObject({
      code: 'unreadable-image',
    });
    expect((await classifier.classify(greyPicture(55))).answer.prediction).toBe('dark');
    expect(classifier.depth).toBe(0);
  });

  it('refuses more than it can work on and queue, and answers the others', async () => {
    const classifier = await open({}, { concurrency: 1, queueLimit: 1 });
    const answers = await Promise.allSettled(
      [200, 55, 200].map((grey) => classifier.classify(greyPicture(grey))),
    );
    expect(answers.map((answer) => answer.status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(answers[2]).toMatchObject({ reason: { code: 'overloaded' } });
    expect(answers[1]).toMatchObject({ value: { answer: { prediction: 'dark' } } });
  });

  it('drops a request that is aborted and frees its place', async () => {
    const classifier = await open({}, { concurrency: 1 });
    const abort = new AbortController();
    const answer = classifier.classify(greyPicture(200), { signal: abort.signal });
    abort.abort(new Error('gone'));
    await expect(answer).rejects.toThrow('gone');
    expect(classifier.depth).toBe(0);
    expect((await classifier.classify(greyPicture(55), { top: 1 })).answer.top).toHaveLength(1);
  });

  it('answers with the variant that the manifest serves, or the one asked for', async () => {
    const served = await open({ int8: true });
    const other = await open({ int8: true }, { variant: 'fp32' });
    const logitOf = async (classifier: Classifier) => (await classifier.classify(greyPicture(200))).logits[1];
    expect(served.variant).toBe('int8');
    expect(await logitOf(served)).toBeCloseTo(brightLogit(200) * 0.99, 4);
    expect(await logitOf(other)).toBeCloseTo(brightLogit(200), 4);
    await served.checkGolden();
    await other.checkGolden();
  });

  it.each<TinyPackageOptions>([{}, { kind: 'tabular' }, { crop: { mode: 'centre', width: 8, height: 8 } }])(
    'passes the golden check of an honest package: %j',
    async (options) => {
      const classifier = await open(options);
      await classifier.warmUp();
      await classifier.checkGolden();
    },
  );

  it('fails the golden check of a package that is intact but wrong', async () => {
    const classifier = await open({ goldenFault: 0.01 });
    await classifier.warmUp();
    await expect(classifier.checkGolden()).rejects.toMatchObject({
      code: 'invalid-package',
      message: expect.stringMatching(/^tiny@1\.0\.0 does not give.*grey 55.*off by 0\.01/s),
    });
  });

  it('refuses a graph that does not fit its manifest', async () => {
    await makeTinyPackage(folder);
    const model = await readPackage(folder);
    const manifest = {
      ...model.manifest,
      input: { ...model.manifest.input, name: 'input' },
      output: { ...model.manifest.output, logits: 'scores' },
    };
    await expect(openClassifier({ ...model, manifest })).rejects.toMatchObject({
      code: 'invalid-package',
      message: expect.stringContaining('expected scores, the graph has logits, features'),
    });
  });

  it('turns away what an output of its graph puts too far', async () => {
    await makeTinyPackage(folder);
    const model = await readPackage(folder);
    // The first logit, four times the level below mid-grey, serves as the distance.
    const scopeGate = { method: 'transformations', output: 'logits', threshold: 1, coverage: 0.99 } as const;
    const classifier = await openClassifier({ ...model, manifest: { ...model.manifest, scopeGate } });
    opened.push(classifier);
    const [dark, bright] = await Promise.all([55, 200].map((grey) => classifier.classify(greyPicture(grey))));
    expect(dark!.answer).toMatchObject({ decision: 'out-of-scope', prediction: 'dark' });
    expect(dark!.answer.scope).toMatchObject({ inside: false, threshold: 1 });
    expect(dark!.answer.scope?.distance).toBeCloseTo(-brightLogit(55), 4);
    expect(bright!.answer).toMatchObject({ decision: 'bright', scope: { inside: true } });
  });

  it('refuses a gate whose output the graph lacks', async () => {
    await makeTinyPackage(folder);
    const model = await readPackage(folder);
    const scopeGate = { method: 'transformations', output: 'scope', threshold: 1, coverage: 0.99 } as const;
    const opening = openClassifier({ ...model, manifest: { ...model.manifest, scopeGate } });
    await expect(opening).rejects.toThrow(/expected scope, the graph has logits, features/);
  });

  it('refuses a scope gate without a feature map', async () => {
    await makeTinyPackage(folder, { scopeThreshold: 1 });
    const model = await readPackage(folder);
    const manifest = { ...model.manifest, output: { logits: 'logits', activation: 'softmax' } as const };
    await expect(openClassifier({ ...model, manifest })).rejects.toThrow(/needs a feature map/);
  });

  it('answers what it has taken before it closes, and takes no more', async () => {
    const classifier = await open({}, { concurrency: 1 });
    const answers = [200, 55, 200].map((grey) => classifier.classify(greyPicture(grey)));
    await classifier.close();
    const labels = (await Promise.all(answers)).map(({ answer }) => answer.prediction);
    expect(labels).toEqual(['bright', 'dark', 'bright']);
    await expect(classifier.classify(greyPicture(0))).rejects.toMatchObject({ code: 'shutting-down' });
  });
});
