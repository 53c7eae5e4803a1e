import type { PreprocessingSpec } from '@assay/schema';
import type { BatchSource } from '../batches/batch-source.ts';
import type { LabelledInput } from './labelled-input.ts';
import type { SplitName } from './sample.ts';

/** Labelled inputs, prepared as in serving. */
export interface Examples {
  /** True class of each, by position in the labels. */
  classes: Int32Array;
  /** Views of one example: float32 `[V, C, H, W]` or `[1, F]`. */
  views(index: number): Promise<{ shape: readonly number[]; data: Float32Array }>;
}

/** A data set, ready to train on. */
export interface PreparedData {
  labels: string[];
  /** sha256, see `datasetDigest`. */
  digest: string;
  /** Samples by split and label. */
  counts: Record<SplitName, Record<string, number>>;
  preprocessing: PreprocessingSpec;
  networkInput:
    { kind: 'image'; height: number; width: number; channels: number } | { kind: 'features'; size: number };
  batches: BatchSource;
  examples: Record<SplitName, Examples>;
  /** The test part as clients would send it, in the order of `examples.test`. */
  testInputs: LabelledInput[];
  /** Which file went where, with its digest: for the run folder. */
  listing: { split: SplitName; path: string; label: string; digest: string }[];
}
