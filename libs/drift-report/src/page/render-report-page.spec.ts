import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { driftReportSchema, type DriftReport } from '@assay/schema';
import { arbitraryReport } from '../spec-support/arbitrary-report.ts';
import {
  exampleFeature,
  exampleReport,
  insufficientReport,
  stableReport,
} from '../spec-support/example-report.ts';
import { hostileReport } from '../spec-support/hostile-report.ts';
import { parsePage } from '../spec-support/parsed-page.ts';
import { cleanText } from '../wording/clean-text.ts';
import { verdictWords } from '../wording/verdict-words.ts';
import { pagePolicy } from './page-shell.ts';
import { renderReportPage } from './render-report-page.ts';

const MEGABYTE = 1_000_000;

const reports: Record<string, () => DriftReport> = {
  drifted: exampleReport,
  stable: stableReport,
  'without enough data': insufficientReport,
  'with hostile names': hostileReport,
};

/** Every element that a page is made of. */
const ELEMENTS = new Set(
  (
    'html head meta title style body header nav main section footer div p h1 h2 h3 ul ol li dl dt dd a span strong small code bdi time br ' +
    'table caption thead tbody tr th td details summary svg symbol use path circle rect text desc'
  ).split(' '),
);

describe.each(Object.entries(reports))('the page of a report %s', (_, make) => {
  const report = driftReportSchema.parse(make());
  const html = renderReportPage(report);
  const page = parsePage(html);

  it('is well-formed HTML of known elements', () => {
    expect(page.errors).toEqual([]);
    expect(page.elements.map(({ name }) => name).filter((name) => !ELEMENTS.has(name))).toEqual([]);
  });

  it('needs no network and runs nothing', () => {
    const attributes = page.elements.flatMap((element) => [...element.attributes]);
    expect(
      attributes.filter(([name]) => /^on|^(?:src|srcset|action|formaction|ping|style)$/.test(name)),
    ).toEqual([]);
    const links = attributes.filter(([name]) => name.endsWith('href')).map(([, value]) => value);
    expect(links.filter((link) => !link.startsWith('#'))).toEqual([]);
    expect(page.all('style').map(({ text }) => /url\(|@import/.test(text))).toEqual([false]);
  });

  it('forbids by its policy what it does not need, and lets its own style pass', () => {
    const policy = page.all('meta').find(({ attributes }) => attributes.has('http-equiv'))!.attributes;
    expect(policy.get('http-equiv')).toBe('Content-Security-Policy');
    expect(policy.get('content')).toBe(pagePolicy);
    const style = /<style>([^]*?)<\/style>/.exec(html)![1]!;
    const digest = createHash('sha256').update(style).digest('base64');
    expect(pagePolicy).toBe(
      `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`,
    );
  });

  it('says the verdict first: a word, a shape, a colour, one sentence', () => {
    const headings = page.elements.filter(({ name }) => /^h[1-6]$/.test(name));
    expect(headings.map(({ name }) => name).indexOf('h1')).toBe(0);
    expect(page.all('h1')).toHaveLength(1);
    const banner = page.elements.find(({ attributes }) => attributes.get('class')?.startsWith('banner'))!;
    expect(banner.attributes.get('class')).toBe(`banner ${report.verdict}`);
    expect(banner.text.startsWith(verdictWords[report.verdict])).toBe(true);
    const icon = page.elements.find(({ name, within }) => name === 'use' && within.includes('header'))!;
    expect(icon.attributes.get('href')).toBe(`#icon-${report.verdict}`);
    expect(headings[1]!.text).toBe('What to do next');
  });

  it('can be read without seeing it: captions, scopes, titles, no level of headings left out', () => {
    const levels = page.elements
      .filter(({ name }) => /^h[1-6]$/.test(name))
      .map(({ name }) => Number(name[1]));
    levels.forEach((level, i) => expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1));
    expect(page.all('caption')).toHaveLength(page.all('table').length);
    expect(page.all('th').every(({ attributes }) => attributes.has('scope'))).toBe(true);
    const ids = page.elements.map(({ attributes }) => attributes.get('id')).filter((id) => id !== undefined);
    expect(new Set(ids).size).toBe(ids.length);
    const pictures = page.all('svg').filter(({ attributes }) => attributes.get('aria-hidden') !== 'true');
    for (const { attributes } of pictures) {
      expect(attributes.get('role')).toBe('img');
      for (const id of attributes.get('aria-labelledby')!.split(' '))
        expect(page.elements.find((one) => one.attributes.get('id') === id)!.text).not.toBe('');
    }
    const targets = page.elements.flatMap(({ attributes }) => attributes.get('href') ?? []);
    expect(targets.filter((target) => !ids.includes(target.slice(1)))).toEqual([]);
  });

  it('holds no character that could hide or reorder text', () => {
    expect(html.match(/[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f]|(?!\n)\p{Cc}/gu)).toBeNull();
    expect(html).toBe(html.toWellFormed());
  });
});

describe('the page of a report', () => {
  it('shows every figure that a reader has to check', () => {
    const { text } = parsePage(renderReportPage(exampleReport()));
    const figures = [
      // What it is of.
      ...['ai-vs-real@3.1.0', '19 Nov 2026, 14:00 – 20 Nov 2026, 14:00 UTC (24 hours)'],
      ...['48,331', '47,902', '192', '113', '124'],
      // A feature: effect, threshold, p-values, sizes, what could be seen.
      ...[
        '−1.4σ: darker',
        '1.42σ',
        '0.1σ',
        '9.6e-213',
        '3.1e-214',
        '2,400',
        '0.084σ',
        '36 points',
        '0.287 JS',
      ],
      ...['0.0042 MMD', '62 more records', 'Follows from Brightness', 'JPEG quality: missing values'],
      // Whether it hurts.
      ...[
        '91.2 %',
        '90.0–92.3 %',
        '84.1 %',
        '83.5–84.7 %',
        '83.0 %',
        '80.1–85.6 %',
        '−8.2 points',
        '−11.1 to −5.4',
      ],
      ...[
        '6.1 %',
        '4.3–8.2 %',
        '1.8 %',
        '53.4 %',
        '51.0–55.9 %',
        '+3.4',
        'Feedback came for 2 % of the window',
      ],
      // Where, and which records.
      ...['client mobile-app', '13,310', '4.1e-180', 'format avif'],
      ...['0199f2aa-6c1e-7b3d-9e52-0d3f5a7c1e10', '99.8 %', 'image.brightness 28 (reference: 121 ± 30)'],
      ...['inputs/2026-11-20/06/0199f2aa-6c1e.avif', 'File format avif'],
      // The pipeline, earlier weeks, the small print.
      ...['The variant changed from int8 to float32', '9b1f03c2d4e5', '29,310'],
      ...['91,204 records of 2 earlier windows', '12 Nov 2026, 14:00 – 13 Nov 2026, 14:00 UTC', '1.39σ'],
      ...[
        '0.71 %, of 5.0 % that all looks of a week share',
        '5e3c0f7a'.repeat(8),
        '412 ms',
        '2,114 records read',
      ],
      ...['23 hours from profiles', '1 hour counted', exampleReport().id],
    ];
    expect(figures.filter((figure) => !text.includes(figure.replaceAll('\u00a0', ' ')))).toEqual([]);
  });

  it('draws both samples of each drifted feature, and each step of the time line', () => {
    const page = parsePage(renderReportPage(exampleReport()));
    const titles = page.all('title').map(({ text }) => text);
    expect(titles).toEqual(
      expect.arrayContaining([
        'Brightness: reference and window',
        'File format: reference and window',
        'Confidence: reference and window',
        'Records',
        'Mean confidence',
        'Effect on Brightness, × threshold',
      ]),
    );
    const descriptions = page.all('desc').map(({ text }) => text);
    expect(descriptions).toContain(
      'Reference → window: jpeg 91.0 % → 55.0 %; png 7.0 % → 10.0 %; webp 2.0 % → 28.0 %; avif 0 % → 7.0 %.',
    );
    // Mean 121.4, shifted by −1.4 deviations of 30.2.
    const [median] = descriptions.filter((text) => text.includes('median'));
    expect(median).toMatch(/^Reference: median about 12[0-3].*Window: median about (?:7[7-9]|80)/);
  });

  it('leaves out sections that have nothing to say', () => {
    const headings = parsePage(renderReportPage(insufficientReport()))
      .all('h2')
      .map(({ text }) => text);
    expect(headings).toEqual([
      ...['What to do next', 'All features', 'Does it hurt?', 'Over time', 'The pipeline', 'Small print'],
    ]);
  });

  it('shows names of clients as inert text, apart from what stands around them', () => {
    const page = parsePage(renderReportPage(hostileReport()));
    const isolated = page.all('bdi').map(({ text }) => text);
    for (const name of [
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      'قميص أزرق',
      '${7*7}{{7*7}}',
    ])
      expect(isolated).toContain(name);
    expect(isolated).toContain(cleanText('\u202egnp.exe\u202c'));
    expect(page.all('script').concat(page.all('img'))).toEqual([]);
  });

  it('stays below 2 MB whatever the report holds', () => {
    const page = renderReportPage(largestReport());
    expect(Buffer.byteLength(page)).toBeLessThan(2 * MEGABYTE);
    const { text } = parsePage(page);
    expect(text).toContain('1800 more are in the JSON report.');
  });

  it('can be rendered for any report that the schema lets pass', () => {
    fc.assert(
      fc.property(arbitraryReport, (report) => {
        const page = renderReportPage(driftReportSchema.parse(report));
        expect(Buffer.byteLength(page)).toBeLessThan(2 * MEGABYTE);
        expect(/NaN|Infinity|undefined|\[object|Invalid Date/.exec(page)?.[0]).toBeUndefined();
        expect(parsePage(page).all('script')).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

/** More of everything than a page can show, in characters that take the most room. */
function largestReport(): DriftReport {
  const report = exampleReport();
  const long = '"'.repeat(5000);
  const times = <T>(count: number, make: (at: number) => T) =>
    Array.from({ length: count }, (_, at) => make(at));
  const names = times(30, (at) => `${at}${long}`);
  const feature = exampleFeature(long, {
    ...{
      verdict: 'drifted',
      direction: long,
      follows: long,
      moreNeeded: 1e15,
      measure: 'maximum-mean-discrepancy',
    },
  });
  return {
    ...report,
    summary: '"'.repeat(1000),
    features: times(2000, (at) => ({
      ...feature,
      histogram: {
        kind: 'categorical',
        names: times(500, () => long),
        reference: times(500, () => at),
        current: [1],
      },
    })),
    performance: {
      ...report.performance,
      labelShift: times(1000, () => ({ label: long, before: 0.5, now: 0.51, interval: [0.4, 0.6] })),
      notes: times(500, () => long),
    },
    slices: times(1000, () => ({
      ...{ dimension: long, value: long, records: 1e15, verdict: 'drifted', adjusted: 1e-9 },
      ...{
        feature: long,
        direction: long,
        effect: 1.23,
        apart: { feature: long, direction: long, effect: 1 },
      },
    })),
    evidence: times(20, () => ({
      ...{ id: long, time: report.time, typicality: 0.9, reasons: times(100, () => long), prediction: long },
      ...{
        confidence: 0.9,
        image: long,
        values: Object.fromEntries(times(100, (at) => [`${at}${long}`, long])),
      },
    })),
    timeline: times(5000, (at) => ({
      ...report.timeline[at % 24]!,
      from: new Date(at * 3_600_000).toISOString(),
      to: new Date((at + 1) * 3_600_000).toISOString(),
      effects: Object.fromEntries(names.map((name, i) => [name, (at * (i + 7)) % 9.7])),
    })),
    pipeline: {
      fingerprints: times(1000, () => ({ part: long, value: long, records: 1, ...report.window })),
      changes: times(500, () => long),
    },
    seasonal: {
      ...report.seasonal!,
      ...{ summary: long, windows: times(500, () => report.window), features: times(500, () => feature) },
    },
  };
}
