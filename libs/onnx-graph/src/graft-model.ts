import { AssayError } from '@assay/schema';
import { ownNames } from './find.ts';
import type { OnnxModel } from './messages.ts';
import { renameTensor } from './rewrite.ts';

/** How a branch is joined to a model. */
export interface Graft {
  /** The tensor of the model that the branch reads in place of its own, only, input. */
  readonly input: string;
  /** What the branch's only output is called in the model, of which it becomes an output. */
  readonly output: string;
  /** Put before the names of all that the branch brings along. */
  readonly prefix: string;
}

/**
 * Makes a model compute a second one beside itself, in one run: the nodes and constants of `branch` are added to `model`, in place.
 * What `model` gave before it gives unchanged. `branch` cannot be used afterwards.
 *
 * @throws AssayError `invalid-model` where the branch has not exactly one input and output, was written for another version of
 *   an operator set, or a name is taken
 */
export function graftModel(model: OnnxModel, branch: OnnxModel, { input, output, prefix }: Graft): void {
  const versions = new Map(model.opsetImport.map(({ domain = '', version }) => [domain, version]));
  for (const { domain = '', version } of branch.opsetImport)
    if (versions.get(domain) !== version)
      throw new AssayError(
        'invalid-model',
        `Expected a branch for version ${versions.get(domain) ?? 'none'} of the operators "${domain}", as the model; received ${version}.`,
      );
  const { graph } = branch;
  const given = graph.input[0]?.name;
  const made = graph.output[0]?.name;
  if (given === undefined || made === undefined || graph.input.length > 1 || graph.output.length > 1)
    throw new AssayError(
      'invalid-model',
      `Expected a branch with one input and one output; received ${graph.input.length} and ${graph.output.length}.`,
    );
  const taken = ownNames(model.graph);
  if (!taken.has(input))
    throw new AssayError('invalid-model', `The model has no tensor "${input}" to branch from.`);
  for (const name of ownNames(graph))
    if (name !== given && name !== made) renameTensor(graph, name, prefix + name);
  if (made !== output) renameTensor(graph, made, output);
  if (given !== input) renameTensor(graph, given, input);
  graph.input.length = 0;
  for (const name of ownNames(graph))
    if (taken.has(name)) throw new AssayError('invalid-model', `The model already has a tensor "${name}".`);
  for (const node of graph.node) if (node.name) node.name = prefix + node.name;
  model.graph.node.push(...graph.node);
  model.graph.initializer.push(...graph.initializer);
  model.graph.valueInfo.push(...graph.valueInfo);
  model.graph.output.push(...graph.output);
}
