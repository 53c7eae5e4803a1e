import { imageFormats, sniffFormat } from '@assay/preprocessing';
import { AssayError, type Evidence } from '@assay/schema';
import { assemble } from './assemble.ts';
import { startEvidenceProcess, type EvidenceProcess } from './evidence-process.ts';
import { checkTrustAnchors } from './trust-anchors.ts';

export interface EvidenceReaderOptions {
  /** Certificates in PEM: a signer whose certificate one of them vouches for is `trusted`. Default: none, so that nobody is. */
  readonly trustAnchors?: string;
  /**
   * Milliseconds for one file; what was read by then is answered. Default one minute: a file takes 5 to 50 ms, the first one half a
   * second, and a busy machine many times that.
   */
  readonly timeLimit?: number;
  /** Files that may wait; the rest is refused. Default 64. */
  readonly queueLimit?: number;
  /** Body of the process. */
  readonly entry?: URL;
}

/** Reads what files say of their own origin, in a process of its own. */
export interface EvidenceReader {
  /**
   * @param bytes - of an image file, left as they are
   * @returns what was found; a file that is damaged, hostile or no image has its faults named in `unread`
   * @throws AssayError `overloaded` where too many files wait
   */
  read(bytes: Uint8Array): Promise<Evidence>;
}

/**
 * The process starts with the first file, and anew with the first after it was lost. It keeps this one alive only while it
 * works; there is nothing to close.
 *
 * @throws AssayError `invalid-configuration` where the trust anchors are no certificates
 */
export function createEvidenceReader(options: EvidenceReaderOptions = {}): EvidenceReader {
  const { trustAnchors, timeLimit = 60_000, queueLimit = 64 } = options;
  const { entry = new URL('./evidence.process.ts', import.meta.url) } = options;
  if (trustAnchors !== undefined) checkTrustAnchors(trustAnchors);
  let current: EvidenceProcess | undefined;
  let waiting = 0;
  let previous: Promise<unknown> = Promise.resolve();

  return {
    async read(bytes) {
      const format = imageFormats.find((known) => known === sniffFormat(bytes));
      if (format === undefined)
        return assemble([], [{ part: 'the file', reason: `is none of ${imageFormats.join(', ')}` }]);
      if (waiting >= queueLimit)
        throw new AssayError(
          'overloaded',
          `${waiting} files already wait for their evidence to be read, of at most ${queueLimit}. Try again shortly.`,
          { extensions: { queueLimit } },
        );
      waiting++;
      // One at a time: what breaks the process is then the file that it works on.
      const result = previous.then(async () => {
        if (current === undefined || current.isOver)
          current = startEvidenceProcess({ entry, trustAnchors, timeLimit });
        const { findings, unread } = await current.read({ kind: 'file', bytes, format });
        return assemble(findings, unread);
      });
      previous = result.catch(() => undefined);
      return result.finally(() => waiting--);
    },
  };
}
