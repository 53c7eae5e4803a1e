import type { Golden, ModelManifest } from '@assay/schema';

/** Names of the variants that a package may hold. */
export type Variant = keyof ModelManifest['variants'];

/** A model package on disk whose every file was found to be what its manifest says. */
export interface ModelPackage {
  readonly name: string;
  readonly version: string;
  /** Folder that holds it. */
  readonly folder: string;
  readonly manifest: ModelManifest;
  readonly golden: Golden;
  /** One sha256 over all listed files: see `packageDigest`. */
  readonly digest: string;
  /** Path on disk of a listed file. @throws AssayError `invalid-package` where it is not listed */
  path(file: string): string;
  /** Path on disk of a variant's ONNX file. @throws AssayError `invalid-package` where there is no such variant */
  modelPath(variant: Variant): string;
  /** The model card, Markdown. */
  card(): Promise<string>;
}

export const MANIFEST = 'manifest.json';
export const GOLDEN = 'golden.json';
export const CARD = 'MODEL_CARD.md';
