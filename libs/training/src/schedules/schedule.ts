import { z } from 'zod';
import { constant } from './constant.ts';
import { cosine } from './cosine.ts';
import { oneCycle } from './one-cycle.ts';
import { step } from './step.ts';

const learningRate = z.number().positive();
const fraction = z.number().min(0).max(1);

export const scheduleSpec = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('constant'), learningRate }),
  z.strictObject({
    type: z.literal('step'),
    learningRate,
    /** Steps between two drops, as a fraction of all steps. */
    every: z.number().positive().max(1),
    factor: z.number().positive().max(1).default(0.1),
  }),
  z.strictObject({
    type: z.literal('cosine'),
    learningRate,
    /** Linear rise from zero over this fraction of all steps. */
    warmUp: fraction.default(0),
    /** Where the curve ends, as a fraction of the learning rate. */
    final: fraction.default(0),
  }),
  z.strictObject({
    type: z.literal('one-cycle'),
    learningRate,
    warmUp: fraction.default(0.3),
    /** Where the curve starts, as a fraction of the learning rate. */
    initial: fraction.default(0.04),
    final: fraction.default(1e-5),
  }),
]);
export type ScheduleSpec = z.output<typeof scheduleSpec>;

/**
 * The learning rate of a step: a pure function, so that a resumed run needs no state.
 *
 * @param position `step` counts from 0 to `steps - 1`.
 */
export function learningRateAt(spec: ScheduleSpec, position: { step: number; steps: number }): number {
  const progress = position.steps <= 1 ? 0 : position.step / (position.steps - 1);
  switch (spec.type) {
    case 'constant':
      return constant(spec);
    case 'step':
      return step(spec, position.step / position.steps);
    case 'cosine':
      return cosine(spec, progress);
    case 'one-cycle':
      return oneCycle(spec, progress);
  }
}
