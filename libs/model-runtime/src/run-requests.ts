import { concatenate, rowsOf, split } from './batch.ts';
import { freeTensors } from './free-tensors.ts';
import type { Session } from './session.ts';
import { toFailure, type Failure } from './session-fault.ts';
import type { Tensor, Tensors } from './tensor.ts';

/** What became of one request. */
export type Outcome = { readonly tensors: Record<string, Tensor> } | { readonly failure: Failure };

/**
 * Runs requests of equal `batchKey` as one batch. Batching is an optimisation and never changes who fails:
 * where the batch fails, or its outputs have no row per row of input, each request runs alone.
 *
 * @returns one outcome per request, in order; does not throw
 */
export async function runRequests(
  session: Pick<Session, 'run'>,
  requests: readonly Tensors[],
  outputs?: readonly string[],
): Promise<Outcome[]> {
  if (requests.length > 1) {
    const pieces = await runTogether(session, requests, outputs);
    if (pieces !== undefined) return pieces.map((tensors) => ({ tensors }));
  }
  const outcomes: Outcome[] = [];
  for (const feeds of requests) outcomes.push(await runAlone(session, feeds, outputs));
  return outcomes;
}

async function runTogether(
  session: Pick<Session, 'run'>,
  requests: readonly Tensors[],
  outputs?: readonly string[],
): Promise<Record<string, Tensor>[] | undefined> {
  const batch = concatenate(requests);
  try {
    return split(await session.run(batch, outputs), requests.map(rowsOf));
  } catch {
    return undefined;
  } finally {
    freeTensors(batch);
  }
}

async function runAlone(
  session: Pick<Session, 'run'>,
  feeds: Tensors,
  outputs?: readonly string[],
): Promise<Outcome> {
  try {
    return { tensors: await session.run(feeds, outputs) };
  } catch (error) {
    return { failure: toFailure(error) };
  }
}
