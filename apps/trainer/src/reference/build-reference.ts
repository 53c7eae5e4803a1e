import { sampleRecords } from '@assay/drift-statistics';
import type { ModelManifest, RecordSample, ReferenceProfile } from '@assay/schema';
import { profileValues, sixDigits } from './profile-values.ts';
import { referenceColumns, type ProfiledInputs } from './reference-columns.ts';

/** Names of the files in a package. */
const profileFile = 'reference-profile.json';
const sampleFile = 'reference-sample.json';

/** Inputs whose values are kept; of more a part that says as much. */
const sampleSize = 1000;

/** What inputs and answers are like that the model is known to handle: whatever comes later is held against it. */
export interface Reference {
  /** Each feature by itself, counted. */
  profile: ReferenceProfile;
  /** The values of the inputs, side by side: for what bins do not show. */
  sample: RecordSample;
}

export function buildReference(inputs: ProfiledInputs): Reference {
  const columns = referenceColumns(inputs);
  const features: ReferenceProfile['features'] = {};
  for (const [name, values] of Object.entries(columns)) {
    const profile = profileValues(values);
    if (profile) features[name] = profile;
  }
  const count = inputs.facts.length;
  const names = Object.keys(features);
  const records = Array.from({ length: count }, (_, at) => ({
    id: String(at),
    row: Object.fromEntries(names.map((name) => [name, cell(columns[name]![at])])),
  }));
  return {
    profile: { schemaVersion: 1, inputs: count, features },
    sample: sampleRecords(records, { capacity: sampleSize, seed: 'reference', columns: names }),
  };
}

const cell = (value: string | number | undefined) => (typeof value === 'number' ? sixDigits(value) : value);

/** The files of a package that hold a reference. */
export function referenceFiles({ profile, sample }: Reference): Record<string, string> {
  return {
    [profileFile]: `${JSON.stringify(profile)}\n`,
    [sampleFile]: `${JSON.stringify(sample)}\n`,
  };
}

/** What the manifest says of them. */
export const referenceMembers: Pick<ModelManifest, 'referenceProfile' | 'referenceSample'> = {
  referenceProfile: profileFile,
  referenceSample: sampleFile,
};
