import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Listed, Sample } from './sample.ts';
import { forEachConcurrently } from './concurrently.ts';

/**
 * Knows each sample by its content: reads every file once.
 *
 * @returns The samples with their digests, and a fault for each file that cannot be read or is empty.
 */
export async function digestSamples<T extends Listed>(
  listed: readonly T[],
): Promise<{ samples: Sample<T>[]; faults: string[] }> {
  const digests = new Array<string>(listed.length).fill('');
  const faults: string[] = [];
  await forEachConcurrently(listed, async (sample, index) => {
    if (sample.kind === 'row') {
      digests[index] = sha256(new Uint8Array(sample.features.buffer));
      return;
    }
    try {
      const bytes = readFileSync(sample.path);
      if (bytes.length === 0) faults.push(`${sample.path}: the file is empty`);
      digests[index] = sha256(bytes);
    } catch (error) {
      faults.push(`${sample.path}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
    }
  });
  return {
    samples: listed.map((sample, index) => ({ ...sample, digest: digests[index]! })),
    faults,
  };
}

/** sha256 over the sorted digests of the samples, each with its label: the identity of a data set. */
export function datasetDigest(samples: readonly Pick<Sample, 'digest' | 'label'>[]): string {
  return sha256(
    samples
      .map(({ digest, label }) => `${digest} ${label}\n`)
      .sort()
      .join(''),
  );
}

function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}
