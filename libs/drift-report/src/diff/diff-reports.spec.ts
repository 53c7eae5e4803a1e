import { describe, expect, it } from '@jest/globals';
import { driftReportDiff, driftReportEntry, type DriftReport } from '@assay/schema';
import { exampleFeature, exampleReport, stableReport } from '../spec-support/example-report.ts';
import { hostileReport } from '../spec-support/hostile-report.ts';
import { parsePage } from '../spec-support/parsed-page.ts';
import { diffReports } from './diff-reports.ts';
import { renderDiffPage } from './render-diff-page.ts';
import { summariseReport } from './summarise-report.ts';

const withFeatures = (report: DriftReport, ...features: DriftReport['features']) => ({ ...report, features });

describe('diffReports', () => {
  it('names what drifted since, in one sentence', () => {
    const diff = diffReports(stableReport(), exampleReport());
    expect(driftReportDiff.parse(diff)).toEqual(diff);
    expect(diff.summary).toBe(
      'From stable to drifted: brightness, contrast, confidence and 2 more drifted since.',
    );
    expect(diff.features[0]).toEqual({
      ...{ feature: 'image.brightness', aspect: 'values', before: 'stable', after: 'drifted' },
      ...{ effectBefore: 0.061, effectAfter: 1.42, direction: '−1.4σ: darker' },
    });
    expect(diff.features.find(({ aspect }) => aspect === 'missing')).not.toHaveProperty('before');
  });

  it('names what recovered', () => {
    const { summary } = diffReports(exampleReport(), stableReport());
    expect(summary).toMatch(/^From drifted to stable: .* no longer do\.$/);
  });

  it('lists an effect that moved by more than the threshold, and none that moved by less', () => {
    const [before, after] = [exampleReport(), stableReport()].map((report, i) =>
      withFeatures(
        { ...report, verdict: 'drifted' },
        exampleFeature('image.brightness', { verdict: 'drifted', effect: i === 0 ? 0.5 : 0.9 }),
        exampleFeature('image.contrast', { verdict: 'drifted', effect: i === 0 ? 0.5 : 0.59 }),
      ),
    );
    const diff = diffReports(before!, after!);
    expect(diff.features.map(({ feature }) => feature)).toEqual(['image.brightness']);
    expect(diff.summary).toBe('Both windows are drifted: brightness moved on.');
  });

  it('says so where nothing changed, where it is one report, where the yardstick changed', () => {
    const report = stableReport();
    expect(diffReports(report, report).summary).toBe('This is the same report twice.');
    const later = { ...report, id: 'later', model: { ...report.model, version: '3.2.0' } };
    expect(diffReports(report, later)).toMatchObject({
      summary:
        'Both windows are stable: no feature changed its verdict to or from drifted (version 3.1.0 before, 3.2.0 after).',
      features: [],
    });
    const other = { ...report, id: 'other', reference: { ...report.reference, digest: 'a'.repeat(64) } };
    expect(diffReports(report, other).summary).toContain('each against a reference of its own');
  });

  it('does not subtract an effect from nothing, or one measure from another', () => {
    const of = (effect: number | null, measure: 'wasserstein' | 'share') =>
      withFeatures(stableReport(), exampleFeature('a', { effect, measure }));
    expect(diffReports(of(null, 'wasserstein'), of(5, 'wasserstein')).features).toEqual([]);
    expect(diffReports(of(0.1, 'share'), of(5, 'wasserstein')).features).toEqual([]);
  });

  it('refuses reports of different models, and names both', () => {
    const other = { ...exampleReport(), model: { name: 'wine', version: '1' } };
    expect(() => diffReports(exampleReport(), other)).toThrow(
      expect.objectContaining({
        code: 'incomparable-reports',
        message: expect.stringMatching(/"ai-vs-real".*"wine"/),
      }),
    );
  });
});

describe('summariseReport', () => {
  it('is a line of a list: features in the order of the report, each once', () => {
    const report = exampleReport();
    const twice = withFeatures(report, ...report.features, { ...report.features[0]!, aspect: 'missing' });
    const entry = summariseReport(twice);
    expect(driftReportEntry.parse(entry)).toEqual(entry);
    expect(entry.drifted).toEqual([
      ...['image.brightness', 'image.format', 'image.contrast', 'confidence', 'image.jpegQuality'],
    ]);
    expect(entry.records).toBe(48_331);
  });
});

describe('the page of two reports', () => {
  it('shows both and what differs', () => {
    const page = parsePage(renderDiffPage(diffReports(stableReport(), exampleReport())));
    expect(page.errors).toEqual([]);
    expect(page.all('h1')[0]!.text).toMatch(/^From stable to drifted/);
    for (const said of ['Stable → Drifted', '−1.4σ: darker', '0.061', '1.42', 'not in it', stableReport().id])
      expect(page.text).toContain(said);
  });

  it('is inert, and below 2 MB', () => {
    const report = hostileReport();
    const features = Array.from({ length: 3000 }, (_, i) => ({
      ...report.features[i % 10]!,
      feature: `${i}${'"'.repeat(500)}${report.features[i % 10]!.feature}`,
    }));
    const html = renderDiffPage(diffReports(withFeatures(stableReport()), withFeatures(report, ...features)));
    const page = parsePage(html);
    expect(page.errors).toEqual([]);
    expect(page.all('script').concat(page.all('img'))).toEqual([]);
    expect(page.text).toContain('2700 more are in the JSON report.');
    expect(Buffer.byteLength(html)).toBeLessThan(2_000_000);
  });
});
