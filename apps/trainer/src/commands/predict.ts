import { openClassifier } from '@assay/prediction';
import { AssayError, type Classification } from '@assay/schema';
import type { Output } from '../output.ts';
import { findPackage } from './find-package.ts';
import { readInputs } from './read-inputs.ts';

/** What `assay predict` was asked to do. */
export interface PredictRequest {
  files: readonly string[];
  model: string;
  registries: readonly string[];
  /** Labels to show. */
  top: number;
  json: boolean;
}

/**
 * Answers each file exactly as the API would. A file that cannot be answered is reported and does not keep
 * the others from being answered.
 *
 * @returns Whether every file got an answer.
 */
export async function predict(request: PredictRequest, output: Output): Promise<boolean> {
  const model = await findPackage(request.model, request.registries);
  const classifier = await openClassifier(model, { workers: 1 });
  let complete = true;
  try {
    for (const file of request.files) {
      try {
        for (const { name, input } of await readInputs(file)) {
          const { answer } = await classifier.classify(input, { top: request.top });
          output.line(
            request.json ? JSON.stringify({ file: name, ...answer }) : `${name}: ${describe(answer)}`,
          );
        }
      } catch (error) {
        if (!(error instanceof AssayError)) throw error;
        complete = false;
        if (request.json)
          output.line(JSON.stringify({ file, error: { code: error.code, detail: error.message } }));
        else output.note(`${file}: ${error.message}`);
      }
    }
  } finally {
    await classifier.close();
  }
  return complete;
}

function describe(answer: Classification): string {
  const ranked = answer.top.map(({ label, probability }) => `${label} ${(100 * probability).toFixed(1)} %`);
  return `${answer.decision} (${ranked.join(', ')})`;
}
