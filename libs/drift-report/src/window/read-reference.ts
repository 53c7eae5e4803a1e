import { readFile } from 'node:fs/promises';
import { readReferenceProfile, type FrozenReference } from '@assay/drift-statistics';
import type { ModelPackage } from '@assay/model-registry';
import { AssayError, recordSample, type RecordSample } from '@assay/schema';

export const REFERENCE_PROFILE = 'reference-profile.json';
export const REFERENCE_SAMPLE = 'reference-sample.json';

/** What a package says of the data that its model knows. */
export interface PackageReference {
  reference: FrozenReference;
  /** Inputs of it with their values, where the package holds them. */
  sample: RecordSample | undefined;
}

/**
 * Reads the reference of a package.
 *
 * @throws AssayError `no-reference-profile` where the package has none, `invalid-profile` where it cannot be read
 */
export async function readReference(model: ModelPackage): Promise<PackageReference> {
  const has = (file: string) => model.manifest.files.some(({ path }) => path === file);
  if (!has(REFERENCE_PROFILE))
    throw new AssayError(
      'no-reference-profile',
      `The package ${model.name}@${model.version} has no ${REFERENCE_PROFILE}, so there is nothing to hold its traffic against. ` +
        'Pack the model again with `assay train`, or give `assay import` a folder of data to profile.',
    );
  const reference = await readReferenceProfile(await readJson(model, REFERENCE_PROFILE));
  if (!has(REFERENCE_SAMPLE)) return { reference, sample: undefined };
  const sample = recordSample.safeParse(await readJson(model, REFERENCE_SAMPLE));
  if (sample.success) return { reference, sample: sample.data };
  const [issue] = sample.error.issues;
  throw new AssayError(
    'invalid-profile',
    `Expected a sample of records in ${REFERENCE_SAMPLE} of ${model.name}@${model.version}; ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}. Pack the model again.`,
  );
}

async function readJson(model: ModelPackage, file: string): Promise<unknown> {
  const text = await readFile(model.path(file), 'utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new AssayError(
      'invalid-profile',
      `Expected JSON in ${file} of ${model.name}@${model.version}. Pack the model again.`,
      { cause },
    );
  }
}
