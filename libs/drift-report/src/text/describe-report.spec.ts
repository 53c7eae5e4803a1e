import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { driftReportSchema } from '@assay/schema';
import { arbitraryReport } from '../spec-support/arbitrary-report.ts';
import { exampleReport, insufficientReport, stableReport } from '../spec-support/example-report.ts';
import { hostileReport } from '../spec-support/hostile-report.ts';
import { aligned, fitted } from './columns.ts';
import { describeReport } from './describe-report.ts';

describe('describeReport', () => {
  it('says the verdict, what changed, whether it hurts and what to do', () => {
    const lines = describeReport(exampleReport(), { width: 100 }).split('\n');
    expect(lines[0]).toBe('▲ DRIFTED  ai-vs-real@3.1.0');
    expect(lines[1]).toMatch(/^Brightness −1\.4σ \(darker\)/);
    const brightness = lines.find((line) => line.startsWith('▲  Brightness'));
    expect(brightness).toMatch(/−1\.4σ: darker +1\.42σ +0\.1σ +9\.6e-213$/);
    expect(lines).toContain('and 1 not enough data, 8 stable');
    expect(lines).toContain(
      'Yes: accuracy fell (−8.2 points, 95 % interval −11.1 to −5.4, from 1,000 records with feedback).',
    );
    expect(lines.some((line) => line.startsWith('1. Rule out the pipeline first'))).toBe(true);
  });

  it('shows what is nearest to a drift where nothing drifted', () => {
    expect(describeReport(stableReport())).toMatch(/✓ {2}Brightness.*\n.*\n.*\nand 10 stable\n/);
    expect(describeReport(insufficientReport())).toMatch(/^\? NOT ENOUGH DATA/);
    expect(describeReport({ ...stableReport(), features: [] })).toContain('No feature could be compared.');
  });

  it('colours only where asked, and says the same', () => {
    const plain = describeReport(exampleReport());
    const coloured = describeReport(exampleReport(), { colour: true });
    expect(plain).not.toContain('\u001b');
    expect(coloured).toContain('\u001b[31m');
    expect(stripVTControlCharacters(coloured)).toBe(plain);
  });

  it('lets no name of a client move the cursor', () => {
    expect(describeReport(hostileReport())).not.toMatch(/[\u202a-\u202e\u2066-\u2069]|(?!\n)\p{Cc}/u);
  });

  it('fits the terminal, in 40 lines at most, whatever the report holds', () => {
    fc.assert(
      fc.property(arbitraryReport, fc.constantFrom(40, 71, 72, 80, 200), (report, width) => {
        const lines = describeReport(driftReportSchema.parse(report), { width }).split('\n');
        expect(lines.length).toBeLessThanOrEqual(40);
        expect(lines.filter((line) => stringWidth(line) > width)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

describe('columns', () => {
  it('count what a terminal shows, not characters', () => {
    expect(fitted('日本語', 6)).toBe('日本語');
    expect(fitted('日本語', 5)).toBe('日本…');
    expect(
      aligned(
        [
          ['日本', '1'],
          ['abc', '10'],
        ],
        new Set([1]),
      ),
    ).toEqual(['日本   1', 'abc   10']);
  });
});
