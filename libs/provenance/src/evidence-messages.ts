import type { ImageFormat } from '@assay/preprocessing';
import type { EvidenceFinding } from '@assay/schema';
import type { Unread } from './metadata/read-metadata.ts';

/** What the thread is started with. */
export interface EvidenceThreadData {
  readonly trustAnchors?: string;
}

/** One file to read. */
export interface ToEvidenceThread {
  readonly bytes: Uint8Array;
  readonly format: ImageFormat;
}

/** Each part as soon as it is read, so that a file that breaks the thread later does not take it along. */
export type FromEvidenceThread =
  | {
      readonly kind: 'part';
      readonly findings: readonly EvidenceFinding[];
      readonly unread: readonly Unread[];
    }
  | {
      readonly kind: 'done';
      /** Whether the thread should not be used again. */
      readonly isSpent: boolean;
    };
