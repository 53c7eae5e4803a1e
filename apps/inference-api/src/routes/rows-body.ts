import type { Content } from '@assay/service-kit';
import { z } from 'zod';

const row = z.record(z.string(), z.number());
const wrapped = z.strictObject({ features: row });

/** Rows of features as JSON: one, or a list; each wrapped or bare. */
export const rowsBody: Readonly<Record<string, Content>> = {
  'application/json': {
    schema: z.union([
      wrapped,
      row,
      z.array(z.union([wrapped, row])),
      z.strictObject({ rows: z.array(z.union([wrapped, row])) }),
    ]),
    name: 'Features',
  },
};
