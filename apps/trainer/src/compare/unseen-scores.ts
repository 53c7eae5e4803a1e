import { readFile } from 'node:fs/promises';
import type { ModelPackage } from '@assay/model-registry';
import { AssayError, isTrained, testAnswers } from '@assay/schema';
import type { LabelledInput } from '../data/labelled-input.ts';
import type { Scores } from '../metrics/scores.ts';
import type { Output } from '../output.ts';
import { classifyInputs } from './classify-inputs.ts';

/**
 * What a package says of inputs that it was not trained on. One whose weights were trained anew on its test part as well has
 * the answers of the weights before: those stand for it there. Whatever else it is asked.
 *
 * @throws AssayError `invalid-dataset` that lists every input that cannot be answered; `invalid-package`
 */
export async function unseenScores(
  model: ModelPackage,
  inputs: readonly LabelledInput[],
  options: { source: string; output: Output },
): Promise<Scores> {
  const known = await answersBefore(model);
  const asked = inputs.filter(({ digest = '' }) => !known.has(digest));
  const { length: classes } = model.manifest.labels;
  const probabilities = new Float64Array(inputs.length * classes);
  const answered =
    asked.length === 0 ? undefined : (await classifyInputs(model, asked, options)).scores.probabilities;
  let next = 0;
  for (const [row, { digest = '' }] of inputs.entries()) {
    const kept = known.get(digest);
    probabilities.set(kept ?? answered!.subarray(next, next + classes), row * classes);
    if (kept === undefined) next += classes;
  }
  if (asked.length < inputs.length)
    options.output.note(
      `${model.name}@${model.version} was trained anew on ${inputs.length - asked.length} of these inputs: ` +
        'its answers to them are those of the weights before.',
    );
  return { probabilities, labels: Int32Array.from(inputs, ({ truth }) => truth), classes };
}

async function answersBefore({ manifest, path, folder }: ModelPackage): Promise<Map<string, number[]>> {
  const file = isTrained(manifest) ? manifest.provenance.refit?.testAnswers : undefined;
  if (file === undefined) return new Map();
  const parsed = testAnswers.safeParse(JSON.parse(await readFile(path(file), 'utf8')));
  const { length } = manifest.labels;
  if (!parsed.success || parsed.data.answers.some(({ probabilities }) => probabilities.length !== length))
    throw new AssayError(
      'invalid-package',
      `The package "${folder}" is not valid: ${file}: expected ${length} probabilities for each input.`,
    );
  return new Map(parsed.data.answers.map(({ input, probabilities }) => [input, probabilities]));
}
