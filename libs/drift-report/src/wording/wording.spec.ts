import { describe, expect, it } from '@jest/globals';
import type { DriftReport } from '@assay/schema';
import { exampleReport, insufficientReport, stableReport } from '../spec-support/example-report.ts';
import { cleanText, clip } from './clean-text.ts';
import { aspectTitle, axisTitle, featureName } from './feature-name.ts';
import { impactOf } from './impact.ts';
import { nextSteps } from './next-steps.ts';
import {
  effectWords,
  intervalWords,
  numberWords,
  percentWords,
  plural,
  pointWords,
  pValueWords,
} from './numbers.ts';
import { lengthWords, windowWords } from './time-words.ts';
import { withoutVerdict } from './verdict-words.ts';

describe('cleanText', () => {
  it('shows what hides or reorders text as a replacement character', () => {
    expect(cleanText('\u202eabc\u202c\u0000\u001b[31m\ud800')).toBe('�abc���[31m�');
  });

  it('leaves scripts, joiners and emoji alone', () => {
    for (const text of ['قميص', 'می\u200cخواهم', '👩‍🔬', 'naïve', '日本語']) expect(cleanText(text)).toBe(text);
  });

  it('is one line, with at most four marks on a letter', () => {
    expect(cleanText('a\r\n\tb')).toBe('a b');
    expect(cleanText(`z${'\u0301'.repeat(60)}!`)).toBe(`z${'\u0301'.repeat(4)}!`);
  });
});

describe('clip', () => {
  it('counts characters, not units, and says that there is more', () => {
    expect(clip('🦊🦊🦊', 3)).toBe('🦊🦊🦊');
    expect(clip('🦊🦊🦊🦊', 3)).toBe('🦊🦊…');
    expect(clip(`z${'\u0301'.repeat(60)}!`, 10)).toBe(`z${'\u0301'.repeat(4)}…`);
  });
});

describe('numbers', () => {
  it.each([
    [percentWords(0.9123), '91.2 %'],
    [percentWords(0), '0 %'],
    [percentWords(0.00001), '< 0.01 %'],
    [percentWords(0.0071), '0.71 %'],
    [pointWords(-0.0823), '−8.2'],
    [pointWords(0.0001), '±0.0'],
    [intervalWords([0.9, 0.923]), '90.0–92.3 %'],
    [pValueWords(0.0321), '0.032'],
    [pValueWords(2.13e-9), '2.1e-9'],
    [pValueWords(0), '< 1e-300'],
    [numberWords(-1234.5), '−1,235'],
    [numberWords(0.00001234), '1.2e−5'],
    [numberWords(31.26), '31.3'],
    [effectWords(1.416, 'wasserstein'), '1.42σ'],
    [effectWords(0.12, 'share'), '12 points'],
    [effectWords(null, 'jensen-shannon'), '–'],
    [plural(1, 'record'), '1 record'],
    [plural(48_210, 'record'), '48,210 records'],
  ])('are written for people: %s', (said, expected) => expect(said).toBe(expected));
});

describe('times', () => {
  const window = (from: string, to: string) => ({ from: `2026-11-${from}:00Z`, to: `2026-11-${to}:00Z` });

  it('are in UTC, with the length of the window', () => {
    expect(windowWords(window('20T00:00', '21T00:00'))).toBe(
      '20 Nov 2026, 00:00 – 21 Nov 2026, 00:00 UTC (24 hours)',
    );
    expect(lengthWords(window('20T00:00', '20T01:00'))).toBe('1 hour');
    expect(lengthWords(window('20T00:00', '20T00:20'))).toBe('20 minutes');
    expect(lengthWords(window('01T00:00', '08T00:00'))).toBe('7 days');
  });
});

describe('names of features', () => {
  it('are those that people use, with units; callers’ own names stay', () => {
    expect(featureName('image.brightness')).toEqual({ title: 'Brightness', unit: 'mean luma, 0–255' });
    expect(axisTitle('score.cat')).toBe('Score of cat (0–1)');
    expect(featureName('feature.alcohol')).toEqual({ title: 'alcohol' });
    expect(featureName('constructor')).toEqual({ title: 'constructor' });
    expect(aspectTitle({ feature: 'image.jpegQuality', aspect: 'missing' })).toBe(
      'JPEG quality: missing values',
    );
  });
});

describe('impactOf', () => {
  const { performance } = exampleReport();
  const { before, expected } = performance;

  it('believes feedback before confidences', () => {
    expect(impactOf(performance)).toEqual({
      ...{ certainty: 'known', change: 'worse' },
      sentence:
        'Yes: accuracy fell (−8.2 points, 95 % interval −11.1 to −5.4, from 1,000 records with feedback).',
    });
    expect(impactOf({ ...performance, change: { change: -0.01, interval: [-0.03, 0.01] } }).change).toBe(
      'same',
    );
    expect(impactOf({ ...performance, change: { change: 0.02, interval: [0.01, 0.03] } }).change).toBe(
      'better',
    );
  });

  it('believes an interval that lies apart, without feedback', () => {
    const without = { before: before!, expected: expected!, notes: [] };
    expect(impactOf(without)).toMatchObject({ certainty: 'likely', change: 'worse' });
    const near = { ...expected!, interval: [0.89, 0.93] as [number, number] };
    expect(impactOf({ ...without, expected: near })).toMatchObject({ certainty: 'likely', change: 'same' });
  });

  it('says where nothing can be said', () => {
    expect(impactOf({ notes: [] })).toMatchObject({ certainty: 'none' });
    expect(impactOf({ notes: [] }).sentence).toMatch(/cannot be said/);
  });
});

describe('nextSteps', () => {
  const report = exampleReport();
  const steps = (more: Partial<DriftReport>) => nextSteps({ ...report, ...more }).join('\n');

  it('asks first whether the pipeline changed, then where, then what', () => {
    const [pipeline, slice, cause, model, log] = nextSteps(report);
    expect(pipeline).toMatch(/^Rule out the pipeline first.*int8 to float32/);
    expect(slice).toMatch(/^Start with client mobile-app: 13,310 records/);
    expect(cause).toMatch(/Brightness \(−1\.4σ: darker\), in the 6 records/);
    expect(model).toMatch(/^Accuracy has fallen/);
    expect(log).toMatch(/^3 lines of the log could not be read and were passed over/);
  });

  it('asks for as many labels as bring the accuracy within five points', () => {
    const { before, expected } = report.performance;
    const said = steps({ performance: { before: before!, expected: expected!, notes: [] } });
    // 1.96² × 0.841 × 0.159 / 0.05² = 205.5
    expect(said).toContain('about 210 records');
    expect(said).toContain('±5.0 %');
  });

  it('does not send people after a slice where all of its kind drifted', () => {
    const slices = report.slices.filter(({ verdict }) => verdict === 'drifted');
    expect(steps({ slices })).not.toContain('Start with');
  });

  it('calls a drift that earlier weeks had, too, no news', () => {
    const seasonal = { ...report.seasonal!, verdict: 'stable' as const };
    expect(steps({ seasonal })).toContain('not news');
  });

  it('asks for a longer window where data are insufficient', () => {
    expect(nextSteps(insufficientReport())).toEqual([
      'Take a longer window: about 88 more records would let most features be judged.',
    ]);
    const { moreNeeded: _, ...rest } = insufficientReport();
    expect(nextSteps(rest)[0]).toMatch(/a reference of more inputs/);
  });

  it('asks for nothing where nothing is wrong', () => {
    expect(nextSteps(stableReport())).toEqual(['Nothing. The next report comes with its window.']);
  });
});

describe('withoutVerdict', () => {
  it('leaves out the verdict that stands beside the sentence', () => {
    expect(withoutVerdict('Drifted: brightness −1.4σ.')).toBe('Brightness −1.4σ.');
    expect(withoutVerdict('All is well.')).toBe('All is well.');
  });
});
