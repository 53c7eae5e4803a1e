import { lastPruning, magnitudeMask, maskedState, sparsityBefore, type Trainer } from '@assay/training';
import type { TrainingSession } from './training-session.ts';

/** Takes more of the network away where the plan says so before this step (from 0, of `steps`). */
export async function pruneBefore(
  { config, network }: Pick<TrainingSession, 'config' | 'network'>,
  trainer: Trainer,
  at: { step: number; steps: number },
): Promise<void> {
  const sparsity = config.prune && sparsityBefore(config.prune, at);
  if (config.prune === undefined || sparsity === undefined) return;
  const state = await trainer.snapshot();
  const { parameters = new Float32Array() } = state.vectors;
  await trainer.restore(
    maskedState(state, magnitudeMask(network, parameters, { ...config.prune, sparsity })),
  );
}

/** Whether after so many steps of `steps` everything has been taken away that shall be: only then can weights be the best. */
export function isPruned(config: TrainingSession['config'], at: { done: number; steps: number }): boolean {
  return config.prune === undefined || at.done > lastPruning(config.prune, at.steps);
}
