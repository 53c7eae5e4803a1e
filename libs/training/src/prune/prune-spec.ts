import { z } from 'zod';

/** How much of a network is taken away, and how. */
export const pruneSpec = z.strictObject({
  /** Share of the prunable channels (or weights) to take away, 0 to 1. */
  sparsity: z.number().gt(0).lt(1).default(0.5),
  /**
   * `channel` takes whole channels out, which leaves a smaller network; `weight` sets single weights to zero,
   * which stay in dense tensors: ONNX Runtime multiplies by the zeros, and the file is no smaller until compressed.
   */
  unit: z.enum(['channel', 'weight']).default('channel'),
  /** Whether the share holds for each layer, or over all of them, compared by their size within their layer. */
  scope: z.enum(['layer', 'global']).default('layer'),
  /** Channels stay in such multiples, as vector units take them: ONNX Runtime's convolutions work on 8 or 16 at once. */
  multiple: z.int().min(1).default(8),
  /** Share of the training steps over which the share grows to its full size. */
  ramp: z.number().min(0).max(0.9).default(0.5),
  /** In how many goes it grows. */
  updates: z.int().min(1).default(20),
});
export type PruneSpec = z.output<typeof pruneSpec>;

type Plan = Pick<PruneSpec, 'sparsity' | 'ramp' | 'updates'>;

/** The step (from 0) before which the full share is reached. */
export function lastPruning({ ramp }: Pick<PruneSpec, 'ramp'>, steps: number): number {
  return Math.floor(ramp * steps);
}

/**
 * The share to be taken away before a step, where it grows before that step: `s (1 − (1 − t)³)` for t from 0 to 1
 * (Zhu & Gupta 2017, "To prune, or not to prune", eq. 1, from a sparsity of 0), fast at first while there is much to spare.
 *
 * @returns undefined where nothing changes before this step
 */
export function sparsityBefore(
  plan: Plan,
  { step, steps }: { step: number; steps: number },
): number | undefined {
  const last = lastPruning(plan, steps);
  if (step > last) return undefined;
  const interval = Math.max(1, Math.floor(last / plan.updates));
  if (step !== last && step % interval !== 0) return undefined;
  const share = last === 0 ? 1 : step / last;
  return plan.sparsity * (1 - (1 - share) ** 3);
}
