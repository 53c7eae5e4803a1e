import { createEvidenceReader, readTrustAnchors } from '@assay/provenance';
import { AssayError } from '@assay/schema';
import { readInputs } from '../commands/read-inputs.ts';
import type { Output } from '../output.ts';
import { describeEvidence } from './describe-evidence.ts';

/** What `assay inspect` was asked to do. */
export interface InspectRequest {
  files: readonly string[];
  /** File with certificates in PEM. */
  trustAnchors?: string;
  json: boolean;
}

/**
 * Says what each file says of its own origin. A file that is not there is reported and does not keep the others from being
 * read.
 *
 * @returns Whether every file could be read.
 * @throws AssayError `invalid-configuration` where the trust anchors cannot be used
 */
export async function inspect(request: InspectRequest, output: Output): Promise<boolean> {
  const { files, trustAnchors, json } = request;
  const reader = createEvidenceReader(
    trustAnchors === undefined ? {} : { trustAnchors: await readTrustAnchors(trustAnchors) },
  );
  let complete = true;
  for (const file of files) {
    try {
      for (const { name, input } of await readInputs(file)) {
        if (!('bytes' in input))
          throw new AssayError(
            'wrong-input-kind',
            `Expected an image; received JSON. Origin is told of images.`,
          );
        const evidence = await reader.read(input.bytes);
        if (json) output.line(JSON.stringify({ file: name, ...evidence }));
        else for (const line of describeEvidence(name, evidence)) output.line(line);
      }
    } catch (error) {
      if (!(error instanceof AssayError)) throw error;
      complete = false;
      if (json) output.line(JSON.stringify({ file, error: { code: error.code, detail: error.message } }));
      else output.note(`${file}: ${error.message}`);
    }
  }
  return complete;
}
