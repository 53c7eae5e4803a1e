import { readReference } from '@assay/drift-report';
import { readReferenceProfile, type FeatureRow } from '@assay/drift-statistics';
import type { ModelPackage } from '@assay/model-registry';
import type { ModelManifest } from '@assay/schema';
import { profileValues } from '../reference/profile-values.ts';
import type { SimulatedWorld } from './simulated-window.ts';

/** What a package knows. @throws AssayError `no-reference-profile` */
export async function worldOfModel(model: ModelPackage): Promise<SimulatedWorld> {
  const { reference, sample } = await readReference(model);
  return { manifest: model.manifest, reference, referenceSample: sample };
}

/** A world of these records alone. */
export async function worldOfRows(
  manifest: ModelManifest,
  rows: readonly FeatureRow[],
): Promise<SimulatedWorld> {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const features = Object.fromEntries(
    names.flatMap((name) => {
      const profile = profileValues(rows.map((row) => row[name] ?? undefined));
      return profile === undefined ? [] : [[name, profile]];
    }),
  );
  const reference = await readReferenceProfile({ schemaVersion: 1, inputs: rows.length, features });
  return { manifest, reference, referenceSample: undefined };
}
