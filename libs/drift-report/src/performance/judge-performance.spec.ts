import type { FrozenReference } from '@assay/drift-statistics';
import { performanceReport } from '@assay/schema';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { makeWindow, manifestOf, referenceOf, type MadeWindow } from '../spec-support/make-window.ts';
import { portraits, rowsOf } from '../spec-support/portraits.ts';
import { judgePerformance } from './judge-performance.ts';

const labels = ['authentic', 'ai-generated'];
/** 90 of 100 and 80 of 100 are right: 85 %. */
const confusion = [
  [90, 10],
  [20, 80],
];

describe('judgePerformance', () => {
  let reference: FrozenReference;
  beforeAll(async () => {
    reference = await referenceOf(rowsOf(portraits('reference', 500)));
  });
  const judge = (predictions: readonly string[], made: Partial<MadeWindow> = {}) => {
    const records = portraits('window', predictions.length, {
      also: (row, i) => {
        row.prediction = predictions[i]!;
        row.confidence = i % 2 === 0 ? 0.9 : 0.6;
      },
    });
    const window = makeWindow(records, { reference, manifest: manifestOf(labels, confusion), ...made });
    return performanceReport.parse(judgePerformance(window, []));
  };
  const repeat = (name: string, times: number) => Array<string>(times).fill(name);

  it('expects the mean of the confidences, with the interval of a Poisson binomial', () => {
    const { before, expected, realised, notes } = judge(repeat('authentic', 400));
    expect(before).toMatchObject({ share: 0.85, records: 200 });
    // Wilson for 170 of 200.
    expect(before!.interval[0]).toBeCloseTo(0.7939, 3);
    expect(before!.interval[1]).toBeCloseTo(0.8929, 3);
    expect(expected!.share).toBeCloseTo(0.75, 12);
    // ± 1.96 √(200 · 0.09 + 200 · 0.24) / 400.
    expect(expected!.interval[1] - 0.75).toBeCloseTo((1.959964 * Math.sqrt(66)) / 400, 6);
    expect(realised).toBeUndefined();
    expect(notes.join(' ')).toContain('No feedback came');
  });

  it('tells the shares of the labels from the predictions: 0.9 x + 0.2 (1 − x)', () => {
    // Of 1000 truths 30 % authentic: 0.3 · 0.9 + 0.7 · 0.2 = 0.41 are called so.
    const { labelShift } = judge([...repeat('authentic', 410), ...repeat('ai-generated', 590)]);
    const authentic = labelShift!.find(({ label }) => label === 'authentic')!;
    expect(authentic.before).toBe(0.5);
    expect(authentic.now).toBeCloseTo(0.3, 10);
    expect(authentic.interval[0]).toBeLessThan(0.3);
    expect(authentic.interval[1]).toBeGreaterThan(0.3);
  });

  it('gives realised accuracy, its change and the calibration error where feedback came', () => {
    const bin = (records: number, confidence: number, right: number) => ({ records, confidence, right });
    const feedback = [bin(100, 60, 50), bin(100, 90, 70)];
    const { realised, change, calibrationError, notes } = judge(repeat('authentic', 1000), { feedback });
    expect(realised).toMatchObject({ share: 0.6, records: 200 });
    expect(change!.change).toBeCloseTo(-0.25, 12);
    // Newcombe's interval of 120 of 200 against 170 of 200.
    expect(change!.interval[0]).toBeCloseTo(-0.3314, 4);
    expect(change!.interval[1]).toBeCloseTo(-0.1639, 4);
    // (|50 − 60| + |70 − 90|) / 200.
    expect(calibrationError).toMatchObject({ before: 0.03, now: 0.15 });
    expect(calibrationError!.interval[0]).toBeLessThan(0.15);
    expect(calibrationError!.interval[1]).toBeGreaterThan(0.15);
    expect(notes.join(' ')).toContain('Feedback came on 200 predictions of 1,000');
  });

  it.each([
    ['an empty window', [], manifestOf(labels, confusion), 'the window has no predictions'],
    ['a package without evaluation', ['authentic'], manifestOf(labels), 'does not say how accurate'],
    [
      'a model that answers the same whatever comes',
      ['authentic'],
      manifestOf(labels, [
        [5, 5],
        [5, 5],
      ]),
      'does not tell all labels apart',
    ],
    [
      'a label that was never tested',
      ['authentic'],
      manifestOf(labels, [
        [5, 5],
        [0, 0],
      ]),
      'label 1 has none',
    ],
  ])('says why something cannot be said for %s', (_, predictions, manifest, note) => {
    const { notes, labelShift } = judge(predictions, { manifest });
    expect(notes.join(' ')).toContain(note);
    expect(labelShift).toBeUndefined();
  });
});
