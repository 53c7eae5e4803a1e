import { INFERENCE } from '../api/client.ts';
import { ApiError, offlineProblem, problemOf } from '../api/problem.ts';
import type { Prediction } from '../api/types.ts';
import type { Ask, Stages } from './ask.ts';
import { parseServerTiming } from './server-timing.ts';

/** Names this page in the prediction log. */
export const CLIENT = 'page';

export interface SendOptions {
  readonly signal: AbortSignal;
  /** Called while bytes go out. @param share of them, 0 to 1 */
  onProgress(share: number): void;
}

export interface Sent {
  readonly answer: Prediction;
  readonly stages: Stages;
}

/**
 * Asks what a picture is. `fetch` does not tell how much of an upload is out, so this is XMLHttpRequest. The file's name is not sent.
 *
 * @throws ApiError where it is refused or nothing answers; DOMException `AbortError` where the signal aborts
 */
export function sendPicture(ask: Ask, { signal, onProgress }: SendOptions): Promise<Sent> {
  const query = new URLSearchParams({ model: ask.model, client: CLIENT, evidence: 'true' });
  if (ask.stability) query.set('stability', 'true');
  if (ask.explain !== undefined) query.set('explain', ask.explain);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `${INFERENCE}/predict?${query.toString()}`);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.responseType = 'json';
    const abort = () => request.abort();
    signal.addEventListener('abort', abort, { once: true });
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total);
    request.upload.onload = () => onProgress(1);
    request.onabort = () => reject(new DOMException('It was cancelled.', 'AbortError'));
    request.onerror = () => reject(new ApiError(offlineProblem));
    request.onload = () => {
      const { status } = request;
      const body: unknown = request.response;
      if (status === 200 && body !== null)
        resolve({
          answer: body as Prediction,
          stages: parseServerTiming(request.getResponseHeader('Server-Timing')),
        });
      else reject(new ApiError(problemOf(body, status)));
    };
    request.onloadend = () => signal.removeEventListener('abort', abort);
    if (signal.aborted) reject(new DOMException('It was cancelled.', 'AbortError'));
    else request.send(ask.file);
  });
}
