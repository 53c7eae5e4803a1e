import {
  MAX_EVIDENCE_ITEMS,
  type C2paAction,
  type C2paFinding,
  type C2paSigner,
  type EvidenceGrade,
  type EvidenceOrigin,
} from '@assay/schema';
import { cleanText, present, quoted } from '../clean-text.ts';
import { readSourceTerm } from '../digital-source-type.ts';
import { objectOf, textIn } from '../generators/mark.ts';
import { actionWords, isEdit } from './action-words.ts';
import { listOf, readManifestStore, type ClaimedAction, type ManifestStore } from './manifest-store.ts';

/** Says that nobody vouches for a signer; the grade says so as well. */
const UNTRUSTED = /^(signingCredential|timeStamp)\.untrusted$/;

/**
 * The finding of a manifest store.
 *
 * @param json - as `c2pa-rs` describes it
 * @returns undefined where there is no manifest in it
 */
export function c2paFinding(json: unknown): C2paFinding | undefined {
  const store = readManifestStore(json);
  if (store === undefined) return undefined;
  const { active, actions } = store;
  const faults = store.failures.filter(({ code }) => !UNTRUSTED.test(code));
  const grade = gradeOf(store);
  // What was signed is not about this picture any more.
  const origin = grade === 'tampered' ? 'unknown' : originOf(actions);
  const signer = signerOf(objectOf(active.signature_info) ?? {});
  return present<C2paFinding>({
    kind: 'c2pa',
    grade,
    origin,
    statement: statementOf({ grade, origin, signer, fault: faults[0]?.code }),
    signer,
    title: cleanText(active.title),
    generator: generatorOf(active),
    claims: actions.slice(0, MAX_EVIDENCE_ITEMS).flatMap(({ action }) => claimOf(action) ?? []),
    ingredients: listOf(active.ingredients)
      .slice(0, MAX_EVIDENCE_ITEMS)
      .map(({ title, relationship }) =>
        present<C2paFinding['ingredients'][number]>({
          title: cleanText(title),
          relationship: cleanText(relationship) ?? 'unknown',
        }),
      ),
    faults: faults.slice(0, MAX_EVIDENCE_ITEMS).map(({ code, explanation }) =>
      present<C2paFinding['faults'][number]>({
        code: cleanText(code) ?? 'unknown',
        explanation: cleanText(explanation),
      }),
    ),
  });
}

/**
 * A hash that does not agree means that something was changed after it was signed. Other faults (an expired certificate, a claim
 * that is not well formed) say nothing of a change: what is left is a statement that anybody could have made.
 */
function gradeOf({ state, failures }: ManifestStore): EvidenceGrade {
  if (failures.some(({ code }) => code.endsWith('mismatch') || code === 'assertion.missing'))
    return 'tampered';
  if (state === 'Trusted') return 'trusted';
  return state === 'Valid' ? 'intact' : 'declared';
}

function originOf(actions: readonly ClaimedAction[]): EvidenceOrigin {
  const origins = actions.map(({ action, isWhole }) => {
    const origin = readSourceTerm(action.digitalSourceType)?.origin ?? 'unknown';
    if (!isWhole) return origin === 'ai-generated' || origin === 'ai-edited' ? 'ai-edited' : 'unknown';
    // An action on a picture that is there already changes it and does not make it.
    const isMaking = action.action === 'c2pa.created' || action.action === 'c2pa.opened';
    if (origin === 'ai-generated' && !isMaking) return 'ai-edited';
    return origin === 'unknown' && isEdit(textIn(action.action) ?? '') ? 'edited' : origin;
  });
  const strongest = (['ai-generated', 'ai-edited', 'edited', 'captured'] as const).find((origin) =>
    origins.includes(origin),
  );
  return strongest ?? 'unknown';
}

const claims: Readonly<Record<EvidenceOrigin, string>> = {
  'ai-generated': 'that it was made by a generator',
  'ai-edited': 'that a part of it was made by a generator',
  edited: 'that it was edited',
  captured: 'that it was taken by a camera',
  unknown: 'nothing of how it was made',
};

interface StatementParts {
  readonly grade: EvidenceGrade;
  readonly origin: EvidenceOrigin;
  readonly signer: C2paSigner | undefined;
  readonly fault: string | undefined;
}

function statementOf({ grade, origin, signer, fault }: StatementParts): string {
  const name = signer?.name ?? signer?.issuer;
  const who = name === undefined ? 'somebody' : quoted(name);
  switch (grade) {
    case 'tampered':
      return `The file was changed after it was signed in the name of ${who}: what was signed does not hold for it.`;
    case 'trusted':
      return `Signed by ${who}, who is vouched for, and unchanged since; the signature says ${claims[origin]}.`;
    case 'intact':
      return `Signed and unchanged since, by one who uses the name ${who} and is not vouched for; the signature says ${claims[origin]}.`;
    case 'declared':
      return `A signature in the name of ${who} does not hold (${cleanText(fault, 60) ?? 'unknown fault'}); it says ${claims[origin]}.`;
  }
}

function signerOf(info: Readonly<Record<string, unknown>>): C2paSigner | undefined {
  const signer = present<C2paSigner>({
    name: cleanText(info.common_name),
    issuer: cleanText(info.issuer),
    algorithm: cleanText(info.alg),
    time: cleanText(info.time),
  });
  return Object.keys(signer).length === 0 ? undefined : signer;
}

function generatorOf(manifest: Readonly<Record<string, unknown>>): string | undefined {
  const [info] = listOf(manifest.claim_generator_info);
  return named(info) ?? cleanText(manifest.claim_generator);
}

function claimOf(action: Readonly<Record<string, unknown>>): C2paAction | undefined {
  const name = cleanText(action.action);
  if (name === undefined) return undefined;
  const term = readSourceTerm(action.digitalSourceType)?.type;
  return present<C2paAction>({
    action: name,
    statement: `${actionWords(name)}${term === undefined ? '' : `, ${term.name}`}`,
    software: cleanText(action.softwareAgent) ?? named(objectOf(action.softwareAgent)),
    time: cleanText(action.when),
    digitalSourceType: term,
  });
}

/** Name and version of a program. */
function named(program: Readonly<Record<string, unknown>> | undefined): string | undefined {
  return cleanText([program?.name, program?.version].map(textIn).filter(Boolean).join(' '));
}
