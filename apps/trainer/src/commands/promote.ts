import { openRegistry, type ModelPackage } from '@assay/model-registry';
import { AssayError } from '@assay/schema';
import { comparePackages, nameOf } from '../compare/compare-packages.ts';
import type { Verdict } from '../compare/compare-scores.ts';
import { verdictSentence } from '../compare/describe-comparison.ts';
import { heldBackInputs } from '../compare/held-back-inputs.ts';
import { compareStored } from '../compare/stored-figures.ts';
import type { Output } from '../output.ts';
import { announcePromotion } from './announce-promotion.ts';

/** What `assay promote` was asked to do. */
export interface PromoteRequest {
  /** `name@version`. */
  reference: string;
  alias: 'champion' | 'challenger';
  /** Whether a worse model may become champion. */
  force: boolean;
  metric: string;
  seed: number;
  registries: readonly string[];
  state: string;
  /** URL of the event bus that is told; none is where left out. */
  events?: string;
}

/**
 * Lets `champion` or `challenger` stand for a version. A version that is shown to be worse than the present champion does not
 * become champion, unless forced.
 *
 * @throws AssayError `weaker-model` for such a version; `unknown-model`, `unknown-version`, `invalid-package`.
 */
export async function promote(request: PromoteRequest, output: Output): Promise<void> {
  const { alias, reference } = request;
  const { registry, candidate } = await findCandidate(request);
  const { name, version } = candidate;
  const current = await registry.alias(name, alias);
  if (current === version) {
    output.line(`${reference} is the ${alias} already.`);
    return;
  }
  if (alias === 'champion' && current !== undefined) {
    const champion = await registry.resolve(name, current);
    const { verdict, sentence } = await judge([champion, candidate], { request, output });
    output.line(sentence);
    if (verdict === 'worse' && !request.force)
      throw new AssayError(
        'weaker-model',
        `${nameOf(champion)} stays the champion. To put ${reference} in its place all the same: --force.`,
      );
  }
  await registry.setAlias(name, alias, version);
  output.line(`${reference} is the ${alias}${current === undefined ? '' : ` in place of ${current}`}.`);
  if (request.events === undefined) return;
  const previous = current === undefined ? {} : { previous: current };
  await announcePromotion(request.events, { model: name, alias, version, ...previous }, output);
}

/**
 * As {@link promote} to champion; a version that is shown to be worse becomes the challenger instead.
 *
 * @returns what it is now
 */
export async function promoteUnlessWorse(
  request: Omit<PromoteRequest, 'alias' | 'force'>,
  output: Output,
): Promise<PromoteRequest['alias']> {
  try {
    await promote({ ...request, alias: 'champion', force: false }, output);
    return 'champion';
  } catch (error) {
    if (!(error instanceof AssayError) || error.code !== 'weaker-model') throw error;
    await promote({ ...request, alias: 'challenger', force: false }, output);
    return 'challenger';
  }
}

async function findCandidate({ reference, registries }: PromoteRequest) {
  const [name = '', version] = reference.split('@');
  if (version === undefined)
    throw new AssayError('unknown-version', `Expected name@version, received "${reference}".`);
  for (const folder of registries) {
    const registry = openRegistry(folder);
    if ((await registry.versions(name)).includes(version))
      return { registry, candidate: await registry.resolve(name, version) };
  }
  throw new AssayError('unknown-version', `There is no ${reference} in ${registries.join(', ')}.`);
}

/** On the champion's test part where it is at hand, else by what the manifests say. */
async function judge(
  pair: readonly [champion: ModelPackage, candidate: ModelPackage],
  { request, output }: { request: PromoteRequest; output: Output },
): Promise<{ verdict: Verdict; sentence: string }> {
  const [champion, candidate] = pair;
  const { metric, seed, state } = request;
  let inputs;
  try {
    ({ inputs } = await heldBackInputs(champion.manifest, candidate.manifest, { state, output }));
  } catch (error) {
    if (!(error instanceof AssayError) || error.code !== 'invalid-dataset') throw error;
    output.note(`Not compared on the same inputs: ${error.message}`);
    return compareStored(champion.manifest, candidate.manifest, metric);
  }
  const source = `the test part of ${nameOf(champion)}`;
  const comparison = await comparePackages(pair, inputs, { source, metric, seed, output });
  return {
    verdict: comparison.verdict,
    sentence: verdictSentence(comparison, [nameOf(champion), nameOf(candidate)]),
  };
}
