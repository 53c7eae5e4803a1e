import { readReportId } from '@assay/drift-report';
import { z } from 'zod';

/** The name of a report in a path. */
export const reportIdParameter = z
  .string()
  .max(201)
  .refine((id) => readReportId(id) !== undefined, {
    error: 'expected the id of a drift report, such as wine_1.0.0_20261119T140000Z_20261120T140000Z',
  });
