import { describe, expect, it } from '@jest/globals';
import { driftReportSchema } from '@assay/schema';
import { readReportId, reportId } from './report-id.ts';

const window = { from: '2026-11-19T14:00:00.000Z', to: '2026-11-20T14:07:00.000Z' };

describe('reportId', () => {
  it.each([
    ['wine', '1.0.0', window, 'wine_1.0.0_20261119T140000Z_20261120T140700Z'],
    [
      'ai-vs-real',
      '20261120-102039-3',
      window,
      'ai-vs-real_20261120-102039-3_20261119T140000Z_20261120T140700Z',
    ],
    [
      'a',
      '1+b.2',
      { ...window, to: '2026-11-20T14:07:01.250Z' },
      'a_1_b.2_20261119T140000Z_20261120T140701.250Z',
    ],
  ])('names a report of %s@%s, and can be read', (model, version, given, id) => {
    expect(reportId({ model, version, window: given })).toBe(id);
    expect(driftReportSchema.shape.id.parse(id)).toBe(id);
    expect(readReportId(id)).toEqual({ model, version, window: given });
  });

  it('has the longest names that a model and a version may have', () => {
    const id = reportId({ model: 'm'.repeat(64), version: 'v'.repeat(64), window });
    expect(driftReportSchema.shape.id.safeParse(id).success).toBe(true);
    expect(readReportId(id)?.version).toBe('v'.repeat(64));
  });

  it.each([
    '',
    'wine',
    '../wine_1_20261119T140000Z_20261120T140000Z',
    'wine_1_20261319T140000Z_20261120T140000Z',
  ])('reads nothing from %j', (id) => expect(readReportId(id)).toBeUndefined());
});
