import { AssayError } from '@assay/schema';

/**
 * What a promise gives, if it does within a time. The work goes on where it does not, and its failure is ignored.
 *
 * @throws AssayError `bus-unavailable` when the time is over
 */
export async function withinTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new AssayError('bus-unavailable', `No answer within ${Math.round(milliseconds)} ms.`)),
      milliseconds,
    );
  });
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
