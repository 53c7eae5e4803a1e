import { comparePackages, nameOf } from '../compare/compare-packages.ts';
import type { Comparison } from '../compare/compare-scores.ts';
import { describeComparison } from '../compare/describe-comparison.ts';
import { heldBackInputs } from '../compare/held-back-inputs.ts';
import type { Output } from '../output.ts';
import { findPackage } from './find-package.ts';
import { labelledInputs } from './labelled-inputs.ts';

/** What `assay compare` was asked to do. */
export interface CompareRequest {
  first: string;
  second: string;
  /** Labelled inputs; the test part of the first model if left out. */
  data?: string | undefined;
  labelColumn?: string | undefined;
  constants: Readonly<Record<string, number>>;
  metric: string;
  seed: number;
  registries: readonly string[];
  state: string;
  json: boolean;
}

/** Says whether the second model really is better than the first. */
export async function compare(request: CompareRequest, output: Output): Promise<Comparison> {
  const first = await findPackage(request.first, request.registries);
  const second = await findPackage(request.second, request.registries);
  const context = { state: request.state, output };
  let inputs;
  if (request.data === undefined) {
    const heldBack = await heldBackInputs(first.manifest, second.manifest, context);
    if (heldBack.leftOut > 0)
      output.note(
        `${heldBack.leftOut} inputs of the test part were seen by ${nameOf(second)} and are left out.`,
      );
    ({ inputs } = heldBack);
  } else
    inputs = await labelledInputs(request.data, first.manifest, { ...request, alsoFor: second.manifest });
  const comparison = await comparePackages([first, second], inputs, {
    source: request.data ?? `the test part of ${nameOf(first)}`,
    metric: request.metric,
    seed: request.seed,
    output,
  });
  const names = [nameOf(first), nameOf(second)] as const;
  if (request.json)
    output.line(JSON.stringify({ first: names[0], second: names[1], ...comparison }, null, 2));
  else for (const line of describeComparison(comparison, names)) output.line(line);
  return comparison;
}
