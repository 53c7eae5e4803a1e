import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { TestSigner } from './test-signer.ts';

/** What is to be signed, by whom, and what the signer claims. */
export interface SignImageOptions {
  readonly format: 'jpeg' | 'png' | 'webp';
  readonly signer: TestSigner;
  /** Members of a C2PA manifest definition: `title`, `claim_generator_info`, `assertions`, … */
  readonly manifest?: Readonly<Record<string, unknown>>;
}

/** Term of the vocabulary of digital source types. */
export const sourceType = (code: string) => `http://cv.iptc.org/newscodes/digitalsourcetype/${code}`;

/** A manifest that claims that the image was created, as a digital source type says it. */
export function createdManifest(code: string): Readonly<Record<string, unknown>> {
  return {
    title: 'A picture',
    claim_generator_info: [{ name: 'Test generator', version: '1' }],
    assertions: [
      {
        label: 'c2pa.actions.v2',
        data: {
          actions: [
            {
              action: 'c2pa.created',
              digitalSourceType: sourceType(code),
              softwareAgent: { name: 'Test camera' },
            },
          ],
        },
      },
    ],
  };
}

/** Signs an image as real signers do, with the C2PA SDK. In a thread of its own: the SDK expects a browser's worker. */
export async function signImage(image: Uint8Array, options: SignImageOptions): Promise<Buffer> {
  const { format, signer, manifest = createdManifest('trainedAlgorithmicMedia') } = options;
  const entry = new URL('./sign-image.worker.ts', import.meta.url);
  const worker = new Worker(entry, { execArgv: [], workerData: { image, format, signer, manifest } });
  const [signed] = (await once(worker, 'message')) as [Uint8Array];
  return Buffer.from(signed);
}
