/** What answers are told apart by; the hour of the day comes from the hours themselves. */
export const dimensions = ['client', 'format', 'size', 'prediction'] as const;
export type Dimension = (typeof dimensions)[number];

/** Sizes of images: the name, and the pixels below which it holds. */
export const sizes: readonly (readonly [string, number])[] = [
  ['< 0.1 MP', 1e5],
  ['0.1–1 MP', 1e6],
  ['1–4 MP', 4e6],
  ['≥ 4 MP', Infinity],
];

/** How large an image is, in words. @param pixels NaN where there is no image, which is no size. */
export const sizeOf = (pixels: number): string | null => sizes.find(([, most]) => pixels < most)?.[0] ?? null;
