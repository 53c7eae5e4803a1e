import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { readImageFacts } from '@assay/preprocessing';
import { forEachConcurrently } from '../data/concurrently.ts';
import type { ListedImage, Sample } from '../data/sample.ts';
import type { FileFacts, FilePropertyName } from './file-properties.ts';
import { findLeaks, type PropertyFinding } from './find-leaks.ts';

/** Files looked at before training: enough to see any leak that matters, in a second or two. */
const most = 4000;

/** A file and its class, as {@link findLeaks} takes them. */
export interface LabelledFacts {
  facts: FileFacts;
  label: string;
}

/**
 * Reads the headers of images, of each content once, in an order that depends on their content alone. Files that have
 * no readable header are left out: whoever decodes them says what is wrong with them.
 */
export async function readFacts(
  samples: readonly Sample<ListedImage>[],
  options: { most?: number; onFile?: () => void } = {},
): Promise<LabelledFacts[]> {
  const byDigest = new Map(samples.map((sample) => [sample.digest, sample]));
  const chosen = [...byDigest.keys()]
    .sort()
    .slice(0, options.most)
    .map((digest) => byDigest.get(digest)!);
  const read = new Array<LabelledFacts | undefined>(chosen.length);
  await forEachConcurrently(chosen, async ({ path, label }, index) => {
    try {
      read[index] = {
        facts: { ...(await readImageFacts(await readFile(path))), name: basename(path) },
        label,
      };
    } catch {
      // Reported by the decoder.
    }
    options.onFile?.();
  });
  return read.filter((one) => one !== undefined);
}

/**
 * A fault for each property of the files that gives the class away.
 *
 * @param options.allow Properties that may: `data.allowLeaks`.
 * @returns The faults, and what is allowed although it is a leak.
 */
export async function leakFaults(
  samples: readonly Sample<ListedImage>[],
  options: { labels: readonly string[]; allow: readonly FilePropertyName[] },
): Promise<{ faults: string[]; allowed: string[] }> {
  const known = samples.filter(({ label }) => options.labels.includes(label));
  const findings = findLeaks(await readFacts(known, { most }), options.labels);
  const leaks = findings.filter(({ verdict }) => verdict === 'leak');
  const isAllowed = ({ property }: PropertyFinding) => options.allow.includes(property);
  return {
    faults: leaks
      .filter((leak) => !isAllowed(leak))
      .map(
        (leak) =>
          `leak: ${describeFinding(leak)}. The network would learn that instead of what is pictured: make the classes ` +
          `alike, or accept it with data.allowLeaks: [${leak.property}]`,
      ),
    allowed: leaks.filter(isAllowed).map(describeFinding),
  };
}

/** `format tells "cat" from the rest (AUROC 0.98; png: 312 of 314 files)`. */
export function describeFinding({ property, label, auroc, example }: PropertyFinding): string {
  const detail = example === '' ? '' : `; ${example}`;
  return `${property} tells "${label}" from the rest (AUROC ${auroc.toFixed(2)}${detail})`;
}
