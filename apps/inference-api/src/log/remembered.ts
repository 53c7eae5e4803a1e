import type { Response } from 'express';
import { draftOf } from '../observed.ts';
import { announce } from './announce.ts';
import type { PredictionLog } from './prediction-log.ts';

/**
 * Remembers what a request is about to be answered, and says in a header of the answer if that is not done yet.
 *
 * @returns milliseconds by stage, with those of remembering
 */
export async function remembered(
  response: Response,
  log: PredictionLog | undefined,
): Promise<Readonly<Record<string, number>>> {
  const draft = draftOf(response);
  if (log === undefined) return draft.stages ?? {};
  const start = performance.now();
  announce(response, await log.remember(draft));
  return { ...draft.stages, log: performance.now() - start };
}
