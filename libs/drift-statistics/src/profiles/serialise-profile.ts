import { AssayError, canonicalJson, driftProfile, type DriftProfile } from '@assay/schema';

/** The one text of a profile: the same bytes however its records were spread and in which order they were merged. */
export function serialiseProfile(profile: DriftProfile): string {
  return canonicalJson({ ...profile, sources: [...profile.sources].sort() });
}

/**
 * Reads what {@link serialiseProfile} wrote.
 *
 * @param name What to call it in an error: the object's name.
 * @throws `invalid-profile` where the text is not one, or of another schema version.
 */
export function parseProfile(text: string, name: string): DriftProfile {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new AssayError(
      'invalid-profile',
      `Expected JSON in ${name}; it is damaged. Delete it: it is counted again.`,
      {
        cause,
      },
    );
  }
  const parsed = driftProfile.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AssayError(
    'invalid-profile',
    `Expected a profile of schema version 1 in ${name}; ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'it differs'}. Delete it: it is counted again.`,
  );
}
