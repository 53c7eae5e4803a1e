import type { Response } from 'express';
import type { Delivered } from '../delivery/delivery.ts';

/** Says of an answer that it is not on the bus yet. */
export const LOG_HEADER = 'Prediction-Log';

/** Sets {@link LOG_HEADER} to the worst of what became of the records of an answer: `pending`, or `dropped`. */
export function announce(
  response: Response,
  ...outcomes: readonly (Delivered | 'background' | undefined)[]
): void {
  const worst = (['dropped', 'pending'] as const).find((outcome) => outcomes.includes(outcome));
  if (worst !== undefined && !response.headersSent) response.setHeader(LOG_HEADER, worst);
}
