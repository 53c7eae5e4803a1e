import { objectOf } from '../generators/mark.ts';

/** A member of JSON that came from a file: may be anything. */
type Json = Readonly<Record<string, unknown>>;

/** One action that a manifest claims. */
export interface ClaimedAction {
  readonly action: Json;
  /** Whether it was done to this picture or to what it was made of, and not to a part that was placed in it. */
  readonly isWhole: boolean;
}

/** Manifests that are looked at. */
const MOST_MANIFESTS = 64;

/** Parts of a manifest store as `c2pa-rs` describes it in JSON; whatever is not as expected is left out. */
export interface ManifestStore {
  readonly active: Json;
  readonly state: string | undefined;
  readonly failures: readonly { readonly code: string; readonly explanation?: unknown }[];
  /** Of the active manifest and of all that it was made from, the latest first. */
  readonly actions: readonly ClaimedAction[];
}

/** @returns undefined where there is no active manifest */
export function readManifestStore(json: unknown): ManifestStore | undefined {
  const store = objectOf(json) ?? {};
  const manifests = objectOf(store.manifests) ?? {};
  const label = typeof store.active_manifest === 'string' ? store.active_manifest : '';
  const active = Object.hasOwn(manifests, label) ? objectOf(manifests[label]) : undefined;
  if (active === undefined) return undefined;
  return {
    active,
    state: typeof store.validation_state === 'string' ? store.validation_state : undefined,
    failures: failuresOf(objectOf(store.validation_results) ?? {}),
    actions: actionsOf(label, manifests),
  };
}

function failuresOf(results: Json): ManifestStore['failures'] {
  const deltas = listOf(results.ingredientDeltas).map((delta) => objectOf(delta.validationDeltas));
  return [objectOf(results.activeManifest), ...deltas]
    .flatMap((result) => listOf(result?.failure))
    .flatMap(({ code, explanation }) => (typeof code === 'string' ? [{ code, explanation }] : []));
}

/** Follows the ingredients; a store may name any of its manifests as ingredient of any, itself included. */
function actionsOf(label: string, manifests: Json): ClaimedAction[] {
  const actions: ClaimedAction[] = [];
  const seen = new Set([label]);
  const waiting = [{ label, isWhole: true }];
  for (
    let next = waiting.shift();
    next !== undefined && seen.size <= MOST_MANIFESTS;
    next = waiting.shift()
  ) {
    const manifest = Object.hasOwn(manifests, next.label) ? objectOf(manifests[next.label]) : undefined;
    for (const { label: kind, data } of listOf(manifest?.assertions))
      if (typeof kind === 'string' && kind.startsWith('c2pa.actions'))
        for (const action of listOf(objectOf(data)?.actions)) actions.push({ action, isWhole: next.isWhole });
    for (const { active_manifest: from, relationship } of listOf(manifest?.ingredients)) {
      if (typeof from !== 'string' || seen.has(from)) continue;
      seen.add(from);
      waiting.push({ label: from, isWhole: next.isWhole && relationship === 'parentOf' });
    }
  }
  return actions;
}

/** The objects of a list; nothing where it is no list. */
export function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.map(objectOf).filter((entry) => entry !== undefined) : [];
}
