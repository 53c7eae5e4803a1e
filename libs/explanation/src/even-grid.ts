import type { Size } from '@assay/preprocessing';

/** A grid of about square cells over a photo, so many along its longer side. */
export function evenGrid({ width, height }: Size, cells: number): { columns: number; rows: number } {
  const side = Math.max(width, height) / cells;
  return { columns: Math.max(1, Math.round(width / side)), rows: Math.max(1, Math.round(height / side)) };
}
