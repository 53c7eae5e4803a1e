/** How much of each part a page shows, so that it stays below 2 MB whatever the report holds; the JSON report has everything. */
export const LIMITS = {
  drifted: 24,
  features: 200,
  categories: 12,
  slices: 100,
  labels: 40,
  reasons: 6,
  values: 10,
  fingerprints: 50,
  seasonal: 40,
  notes: 20,
  /** Curves of the time line beside requests and confidence. */
  curves: 9,
  /** Steps of a curve; a longer time line is joined. */
  steps: 240,
  differences: 300,
} as const;
