import { Worker } from 'node:worker_threads';
import {
  AssayError,
  type Corruption,
  type ImagePreprocessingSpec,
  type ProblemCode,
  type ProblemExtensions,
} from '@assay/schema';
import type { PixelsAndViews } from './pixels-to-views.ts';
import type { Pixels } from './pixels.ts';

export interface ToViewsThread {
  readonly pixels: Pixels;
  readonly spec: ImagePreprocessingSpec;
  readonly change?: PixelChange;
}

/** What is done to an image before it is prepared. */
export interface PixelChange {
  readonly corruption: Corruption;
  /** Of the random numbers; the same seed gives the same noise. */
  readonly seed: number;
}

/** Other errors than refusals end the thread. */
export type FromViewsThread =
  | { readonly kind: 'done'; readonly result: PixelsAndViews }
  | {
      readonly kind: 'refused';
      readonly code: ProblemCode;
      readonly message: string;
      readonly extensions: ProblemExtensions;
    };

/** A thread that does `pixelsToViews`, one image after another. */
export interface ViewsThread {
  /**
   * As `pixelsToViews`, beside this thread. The array given is empty afterwards; its memory comes back as `pixels`.
   *
   * @param change - done to a copy of the image, whose views are then given; `pixels` comes back as it was
   * @throws {AssayError} as `pixelsToViews`, and `internal` where the thread is lost over this image
   */
  run(pixels: Pixels, spec: ImagePreprocessingSpec, change?: PixelChange): Promise<PixelsAndViews>;
}

/**
 * The thread starts with the first image, and anew with the first after it was lost. It keeps the process alive only
 * while it works; there is nothing to close.
 */
export function viewsThread(entry: URL = new URL('./views.worker.ts', import.meta.url)): ViewsThread {
  let worker: Worker | undefined;
  let previous: Promise<unknown> = Promise.resolve();

  const start = (): Worker => {
    // Without the flags of this process: `--input-type` for one stops a thread that starts from a file.
    const started = new Worker(entry, { name: 'assay-views', execArgv: [] });
    const forget = () => {
      if (worker === started) worker = undefined;
    };
    return started.once('error', forget).once('exit', forget);
  };

  return {
    run(pixels, spec, change) {
      // One at a time: the thread's loss is then the loss of one image.
      const result = previous.then(async () => {
        const image = { pixels, spec, ...(change === undefined ? {} : { change }) };
        return resultOf(await ask((worker ??= start()), image));
      });
      previous = result.catch(() => undefined);
      return result;
    },
  };
}

async function ask(worker: Worker, { pixels, ...rest }: ToViewsThread): Promise<FromViewsThread> {
  const { promise, resolve, reject } = Promise.withResolvers<FromViewsThread>();
  const lost = (cause: unknown) => {
    const detail = 'The thread that prepares large images ended while it worked on this one. Send it again.';
    reject(new AssayError('internal', detail, { cause }));
  };
  worker.once('message', resolve).once('error', lost).once('exit', lost).ref();
  try {
    const data = movable(pixels.data);
    worker.postMessage({ pixels: { ...pixels, data }, ...rest } satisfies ToViewsThread, [data.buffer]);
    return await promise;
  } finally {
    worker.off('message', resolve).off('error', lost).off('exit', lost).unref();
  }
}

/**
 * The same bytes in a buffer that can be handed to another thread. Memory that libvips allocated cannot until it has
 * moved to an `ArrayBuffer` of its own, which copies nothing.
 */
function movable(data: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = data;
  const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === data.byteLength;
  return isWhole ? new Uint8Array(buffer.transfer()) : new Uint8Array(data);
}

function resultOf(answer: FromViewsThread): PixelsAndViews {
  if (answer.kind === 'done') return answer.result;
  throw new AssayError(answer.code, answer.message, { extensions: answer.extensions });
}
