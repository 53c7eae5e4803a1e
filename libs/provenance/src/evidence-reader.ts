import { Worker } from 'node:worker_threads';
import { imageFormats, sniffFormat, type ImageFormat } from '@assay/preprocessing';
import { AssayError, type Evidence, type EvidenceFinding } from '@assay/schema';
import { assemble } from './assemble.ts';
import type { EvidenceThreadData, FromEvidenceThread, ToEvidenceThread } from './evidence-messages.ts';
import type { Unread } from './metadata/read-metadata.ts';
import { checkTrustAnchors } from './trust-anchors.ts';

export interface EvidenceReaderOptions {
  /** Certificates in PEM: a signer whose certificate one of them vouches for is `trusted`. Default: none, so that nobody is. */
  readonly trustAnchors?: string;
  /** Milliseconds for one file; what was read by then is answered. Default 30 s: a file takes 5 to 50 ms, the
   * first one half a second. */
  readonly timeLimit?: number;
  /** Files that may wait; the rest is refused. Default 64. */
  readonly queueLimit?: number;
  /** Body of the thread. */
  readonly entry?: URL;
}

/** Reads what files say of their own origin, in a thread of its own. */
export interface EvidenceReader {
  /**
   * @param bytes - of an image file, left as they are
   * @returns what was found; a file that is damaged, hostile or no image has its faults named in `unread`
   * @throws AssayError `overloaded` where too many files wait
   */
  read(bytes: Uint8Array): Promise<Evidence>;
}

/** Megabytes of the thread's heap; a file that needs more ends the thread and not the process. */
const HEAP = 256;

/**
 * The thread starts with the first file, and anew with the first after it was lost. It keeps the process alive only while it
 * works; there is nothing to close.
 *
 * @throws AssayError `invalid-configuration` where the trust anchors are no certificates
 */
export function createEvidenceReader(options: EvidenceReaderOptions = {}): EvidenceReader {
  const { trustAnchors, timeLimit = 30_000, queueLimit = 64 } = options;
  const { entry = new URL('./evidence.worker.ts', import.meta.url) } = options;
  if (trustAnchors !== undefined) checkTrustAnchors(trustAnchors);
  let worker: Worker | undefined;
  let waiting = 0;
  let previous: Promise<unknown> = Promise.resolve();

  const start = (): Worker => {
    const started = new Worker(entry, {
      name: 'assay-evidence',
      execArgv: [],
      workerData: (trustAnchors === undefined ? {} : { trustAnchors }) satisfies EvidenceThreadData,
      resourceLimits: { maxOldGenerationSizeMb: HEAP },
    });
    return started.on('error', () => forget(started)).once('exit', () => forget(started));
  };
  const forget = (lost: Worker) => {
    if (worker === lost) worker = undefined;
  };
  const replace = async (lost: Worker) => {
    forget(lost);
    await lost.terminate();
  };

  const readNow = async (bytes: Uint8Array, format: ImageFormat): Promise<Evidence> => {
    const thread = (worker ??= start());
    const { findings, unread, isSpent } = await ask(
      thread,
      { bytes: new Uint8Array(bytes), format },
      timeLimit,
    );
    if (isSpent) await replace(thread);
    return assemble(findings, unread);
  };

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
      // One at a time: what breaks the thread is then the file that it works on.
      const result = previous.then(() => readNow(bytes, format));
      previous = result.catch(() => undefined);
      return result.finally(() => waiting--);
    },
  };
}

interface Reading {
  readonly findings: readonly EvidenceFinding[];
  readonly unread: readonly Unread[];
  readonly isSpent: boolean;
}

/** Gives what the thread finds until it is done, ends, or its time is over. */
async function ask(
  thread: Worker,
  file: ToEvidenceThread & { bytes: Uint8Array<ArrayBuffer> },
  timeLimit: number,
): Promise<Reading> {
  const findings: EvidenceFinding[] = [];
  const unread: Unread[] = [];
  const { promise, resolve } = Promise.withResolvers<Reading>();
  const stop = (reason: string) => {
    unread.push({ part: 'the rest of the file', reason });
    resolve({ findings, unread, isSpent: true });
  };
  const hear = (message: FromEvidenceThread) => {
    if (message.kind === 'done') return resolve({ findings, unread, isSpent: message.isSpent });
    findings.push(...message.findings);
    unread.push(...message.unread);
  };
  const lost = () => stop('could not be read within the memory that one file may take');
  const timer = setTimeout(() => stop(`could not be read within ${timeLimit} ms`), timeLimit);
  thread.on('message', hear).once('error', lost).once('exit', lost).ref();
  thread.postMessage(file, [file.bytes.buffer]);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    thread.off('message', hear).off('error', lost).off('exit', lost).unref();
  }
}
