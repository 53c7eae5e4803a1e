import { fork, type ChildProcess } from 'node:child_process';
import type { EvidenceFinding } from '@assay/schema';
import type { FromEvidenceProcess, ToEvidenceProcess } from './evidence-messages.ts';
import type { Unread } from './metadata/read-metadata.ts';

/** Megabytes of the heap; a file that needs more ends the process that reads it and no other. */
const HEAP = 256;

export interface EvidenceProcessOptions {
  /** Its body. */
  readonly entry: URL;
  /** Certificates in PEM. */
  readonly trustAnchors: string | undefined;
  /** Milliseconds for one file. */
  readonly timeLimit: number;
}

/** What was found in one file until its end, or the end of the process. */
export interface Reading {
  readonly findings: readonly EvidenceFinding[];
  readonly unread: readonly Unread[];
}

/** A process that reads one file after another. */
export interface EvidenceProcess {
  /** Whether it ended, or is not to be used again. */
  readonly isOver: boolean;
  /** Never rejects. Not to be called again before it is fulfilled. */
  read(file: ToEvidenceProcess & { kind: 'file' }): Promise<Reading>;
}

/**
 * A process of its own, and no thread: V8 ends a whole process, all threads of it, where a heap overflows. It has no environment, no
 * terminal and no other files open; it keeps this process alive only while it works, and ends with it.
 */
export function startEvidenceProcess({
  entry,
  trustAnchors,
  timeLimit,
}: EvidenceProcessOptions): EvidenceProcess {
  const child = fork(entry, {
    execArgv: [`--max-old-space-size=${HEAP}`],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: {},
  });
  let isOver = false;
  const kill = () => void child.kill('SIGKILL');
  const end = () => {
    isOver = true;
    process.off('exit', kill);
    kill();
  };
  process.once('exit', kill);
  child.once('exit', end).once('error', end);
  send(child, { kind: 'settings', ...(trustAnchors === undefined ? {} : { trustAnchors }) });
  return {
    get isOver() {
      return isOver;
    },
    async read(file) {
      const findings: EvidenceFinding[] = [];
      const unread: Unread[] = [];
      const { promise, resolve } = Promise.withResolvers<undefined>();
      const stop = (reason: string) => {
        unread.push({ part: 'the rest of the file', reason });
        end();
        resolve(undefined);
      };
      const hear = (message: FromEvidenceProcess) => {
        if (message.kind === 'part') {
          findings.push(...message.findings);
          unread.push(...message.unread);
          return;
        }
        if (message.isSpent) end();
        resolve(undefined);
      };
      const lost = () => stop(`broke the reader, or takes more than ${HEAP} MB of memory`);
      const timer = setTimeout(() => stop(`could not be read within ${timeLimit} ms`), timeLimit);
      child.on('message', hear).once('exit', lost);
      child.ref();
      child.channel?.ref();
      send(child, file);
      try {
        await promise;
        return { findings, unread };
      } finally {
        clearTimeout(timer);
        child.off('message', hear).off('exit', lost);
        child.unref();
        child.channel?.unref();
      }
    },
  };
}

/** A process that is gone meanwhile says so by its end. */
function send(child: ChildProcess, message: ToEvidenceProcess): void {
  child.send(message, () => undefined);
}
