import { AssayError } from '@assay/schema';
import { Interruption, type RangedSource } from './ranged-source.ts';

/**
 * A file of a web server. Goes on where it was by `Range` with `If-Range` (RFC 9110, 13.1.5): the server sends the
 * rest, or the whole where its content has changed.
 */
export function httpSource(url: string): RangedSource {
  return {
    name: url,
    open: async ({ start, validator }, signal) => {
      const wanted: Record<string, string> =
        start > 0 && validator !== undefined ? { range: `bytes=${start}-`, 'if-range': validator } : {};
      const response = await ask(url, { ...wanted, 'accept-encoding': 'identity' }, signal);
      const { status, headers, body } = response;
      if (status === 416) {
        await body?.cancel();
        throw new Interruption(`${url} has no byte ${start}`);
      }
      refuse(url, response);
      if (!body) throw new Interruption(`${url} answered without content`);
      const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '');
      const partial = status === 206 && Number(range?.[1]) === start;
      if (status === 206 && !partial) {
        await body.cancel();
        throw new Interruption(`${url} sent another range than was asked for`);
      }
      const total = Number(partial ? range?.[2] : (headers.get('content-length') ?? Number.NaN));
      return {
        start: partial ? start : 0,
        validator: validatorOf(headers),
        size: Number.isFinite(total) ? total : undefined,
        body: readable(url, body, signal),
      };
    },
  };
}

/** A connection that breaks off is an interruption, whatever the client calls it. */
async function* readable(
  url: string,
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new Interruption(`${url} broke off`, { cause });
  }
}

async function ask(url: string, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { headers, signal });
  } catch (cause) {
    if (signal.aborted) throw cause;
    const reason = (cause as Error).cause instanceof Error ? ((cause as Error).cause as Error).message : '';
    throw new Interruption(`${url} cannot be reached (${reason || (cause as Error).message})`, { cause });
  }
}

/** `If-Range` needs a strong validator: a weak tag says only that two contents mean the same. */
function validatorOf(headers: Headers): string | undefined {
  const tag = headers.get('etag');
  if (tag !== null) return tag.startsWith('W/') ? undefined : tag;
  return headers.get('last-modified') ?? undefined;
}

function refuse(url: string, { status, statusText, body }: Response): void {
  if (status === 200 || status === 206) return;
  void body?.cancel();
  if (status === 408 || status === 429 || status >= 500)
    throw new Interruption(`${url} answered ${status} ${statusText}`);
  if (status === 404 || status === 410)
    throw new AssayError(
      'object-not-found',
      `There is nothing at ${url} (${status}): the address has changed.`,
    );
  if (status === 401 || status === 403)
    throw new AssayError(
      'storage-forbidden',
      `${url} refuses the download (${status}): it needs an account or the consent to a licence.`,
    );
  throw new AssayError(
    'storage-unavailable',
    `${url} answered ${status} ${statusText}: expected 200 or 206.`,
  );
}
