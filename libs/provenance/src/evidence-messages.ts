import type { ImageFormat } from '@assay/preprocessing';
import type { EvidenceFinding } from '@assay/schema';
import type { Unread } from './metadata/read-metadata.ts';

/** First what holds for all files, then one file after another. */
export type ToEvidenceProcess =
  | {
      readonly kind: 'settings';
      /** Certificates in PEM. */
      readonly trustAnchors?: string;
    }
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly format: ImageFormat };

/** Each part as soon as it is read, so that a file that breaks the process later does not take it along. */
export type FromEvidenceProcess =
  | {
      readonly kind: 'part';
      readonly findings: readonly EvidenceFinding[];
      readonly unread: readonly Unread[];
    }
  | {
      readonly kind: 'done';
      /** Whether the process should not be used again. */
      readonly isSpent: boolean;
    };
