import {
  AssayError,
  canonicalJson,
  referenceProfile,
  type CategoricalProfile,
  type NumericProfile,
  type ReferenceProfile,
} from '@assay/schema';
import { frozenEdges } from './frozen-edges.ts';

/** A numeric feature whose bins are fixed. */
export interface FrozenNumeric {
  kind: 'numeric';
  /** Ascending: the edges of the package, and outer ones beyond its smallest and largest value. */
  edges: readonly number[];
  /** Reference inputs by bin, one bin more than edges. */
  counts: readonly number[];
  profile: NumericProfile;
}

/** A feature of names. */
export interface FrozenCategorical {
  kind: 'categorical';
  profile: CategoricalProfile;
}

/** What windows are counted and judged by. */
export interface FrozenReference {
  /** sha256 of the bins, lower-case hex: profiles with the same digest can be merged. */
  digest: string;
  /** Inputs that the reference was made of. */
  inputs: number;
  features: Readonly<Record<string, FrozenNumeric | FrozenCategorical>>;
}

/** sha256 in lower-case hex, by the Web Crypto API that browsers and Node share. */
async function sha256(text: string): Promise<string> {
  const bytes = await globalThis.crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function freeze(profile: ReferenceProfile['features'][string]): FrozenNumeric | FrozenCategorical {
  if (profile.kind === 'categorical') return { kind: 'categorical', profile };
  const { edges, below } = frozenEdges(profile);
  const counts = new Array<number>(edges.length + 1).fill(0);
  profile.counts.forEach((count, bin) => (counts[below + bin] = count));
  return { kind: 'numeric', edges, counts, profile };
}

/**
 * Reads `reference-profile.json` of a model package and fixes the bins that every window is counted in.
 *
 * @param content The parsed JSON.
 * @throws `invalid-profile` where it is no reference profile of this version; the message names the faults.
 */
export async function readReferenceProfile(content: unknown): Promise<FrozenReference> {
  const parsed = referenceProfile.safeParse(content);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      ({ path, message }) => `${path.join('.') || 'the file'}: ${message}`,
    );
    throw new AssayError(
      'invalid-profile',
      `Expected a reference profile of schema version 1; ${faults.slice(0, 5).join('; ')}. Pack the model again to get one.`,
    );
  }
  const features = Object.fromEntries(
    Object.entries(parsed.data.features).map(([name, profile]) => [name, freeze(profile)]),
  );
  const bins = Object.fromEntries(
    Object.entries(features).map(([name, feature]) => [
      name,
      feature.kind === 'numeric' ? feature.edges : 'categorical',
    ]),
  );
  return { digest: await sha256(canonicalJson(bins)), inputs: parsed.data.inputs, features };
}
