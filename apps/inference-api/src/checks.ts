import type { EvidenceReader } from '@assay/provenance';
import type { StabilityCheck } from '@assay/prediction';
import { AssayError, type Evidence, type Prediction, type Stability } from '@assay/schema';
import type { LoadedModel } from './served-models.ts';

/** What is to be answered beside the prediction. */
export interface WantedChecks {
  readonly evidence: boolean;
  readonly stability: boolean;
}

/** What can be found out of an image beside its score. Nothing of it is loaded before it is asked for. */
export interface Checks {
  /** @throws AssayError `overloaded` */
  evidence(bytes: Uint8Array): Promise<Evidence>;
  /** @throws AssayError as `StabilityCheck.check` */
  stability(
    model: LoadedModel,
    image: { readonly bytes: Uint8Array; readonly answer: Prediction },
    signal: AbortSignal,
  ): Promise<Stability>;
}

/** @param trustAnchors - certificates in PEM that vouch for signers of C2PA manifests; none where left out */
export function createChecks(trustAnchors?: string): Checks {
  let reader: Promise<EvidenceReader> | undefined;
  let check: Promise<StabilityCheck> | undefined;
  const options = trustAnchors === undefined ? {} : { trustAnchors };
  return {
    async evidence(bytes) {
      reader ??= import('@assay/provenance').then(({ createEvidenceReader }) =>
        createEvidenceReader(options),
      );
      return (await reader).read(bytes);
    },
    async stability({ classifier }, image, signal) {
      check ??= import('@assay/prediction').then(({ createStabilityCheck }) => createStabilityCheck());
      return (await check).check(classifier, image, signal);
    },
  };
}

/** Certificates of a file. @throws AssayError `invalid-configuration` */
export async function trustAnchorsIn(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  const { readTrustAnchors } = await import('@assay/provenance');
  return readTrustAnchors(file);
}

/**
 * Refuses what a model cannot be asked.
 *
 * @throws AssayError `invalid-query` where it takes named numbers
 */
export function requireImages({ package: { name, manifest } }: LoadedModel, wanted: WantedChecks): void {
  if (manifest.preprocessing.kind === 'image') return;
  const asked = [wanted.evidence ? '"evidence"' : '', wanted.stability ? '"stability"' : ''].filter(Boolean);
  if (asked.length === 0) return;
  throw new AssayError(
    'invalid-query',
    `Expected ${asked.join(' and ')} only with a model of images; "${name}" takes named numbers.`,
  );
}
