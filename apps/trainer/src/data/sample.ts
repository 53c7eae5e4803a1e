/** The parts of a data set: learnt from, chosen by, and held back until the end. */
export const splitNames = ['train', 'validation', 'test'] as const;
export type SplitName = (typeof splitNames)[number];

/** A labelled file, as a reader finds it. */
export interface ListedImage {
  kind: 'image';
  /** Where it is. */
  path: string;
  label: string;
  /** Where the data set itself says which part this belongs to. */
  given?: 'train' | 'test';
}

/** A labelled row of numbers, as a reader finds it. */
export interface ListedRow {
  kind: 'row';
  /** `file:line`. */
  path: string;
  label: string;
  /** In the order of the feature names. */
  features: Float64Array;
  given?: 'train' | 'test';
}

export type Listed = ListedImage | ListedRow;

/** Listed, read once, and known by its content. */
export type Sample<T extends Listed = Listed> = T & {
  /** sha256 of the file (of the numbers, for a row), lower-case hex. */
  digest: string;
};
