import { canonicalJson, type ModelManifest, type PreprocessingSpec } from '@assay/schema';
import { sha256Of } from './digest.ts';
import { CARD } from './model-package.ts';

/** Pictures of the card lie here. */
export const FIGURES = 'figures/';

/**
 * One sha256 for what a model is and does: its files (models, gate, golden inputs, …), labels, preprocessing, calibration,
 * decisions and figures, and the data and seed it was trained with. When, how fast, where and by which commit it was made,
 * its version, and the card that tells of them do not count: the same training run twice gives the same digest.
 *
 * @param manifest with the list of its files
 */
export function modelDigest(manifest: ModelManifest): string {
  const { name, labels, positiveLabel, ordinal, preprocessing, input, output, calibration } = manifest;
  const { decision, scopeGate, served, accuracyBudget, metrics, evaluation, provenance } = manifest;
  const { embeddingProjection } = manifest;
  const files = manifest.files.filter(({ path }) => path !== CARD && !path.startsWith(FIGURES));
  return sha256Of(
    canonicalJson({
      ...{ name, labels, positiveLabel, ordinal, preprocessing, input, output, calibration },
      ...{ decision, scopeGate, served, accuracyBudget, metrics, evaluation, embeddingProjection },
      files: Object.fromEntries(files.map((file) => [file.path, file.sha256])),
      origin:
        provenance.kind === 'imported'
          ? { source: provenance.source.sha256 }
          : { seed: provenance.seed, dataset: provenance.dataset.digest },
    }),
  );
}

/** One sha256 for how inputs are prepared: models that prepare them alike have the same. */
export function preprocessingDigest(spec: PreprocessingSpec): string {
  return sha256Of(canonicalJson(spec));
}
