import type { TimelinePoint } from '@assay/schema';

/**
 * A time line of at most `most` steps: neighbours are joined. Requests are summed, the mean confidence is weighted by records, of the effects
 * the greatest stays: joined steps hide no alarm.
 */
export function joinSteps(timeline: readonly TimelinePoint[], most: number): TimelinePoint[] {
  const size = Math.ceil(timeline.length / most);
  if (size <= 1) return [...timeline];
  return Array.from({ length: Math.ceil(timeline.length / size) }, (_, i) =>
    joined(timeline.slice(i * size, (i + 1) * size)),
  );
}

function joined(steps: readonly TimelinePoint[]): TimelinePoint {
  const sum = (pick: (step: TimelinePoint) => number) => steps.reduce((total, step) => total + pick(step), 0);
  const known = steps.filter(({ meanConfidence }) => meanConfidence !== null);
  const weight = known.reduce((total, { records }) => total + records, 0);
  const weighted = known.reduce(
    (total, { meanConfidence, records }) => total + (meanConfidence ?? 0) * records,
    0,
  );
  const effects = new Map<string, number | null>();
  for (const step of steps)
    for (const [name, effect] of Object.entries(step.effects)) {
      const so = effects.get(name) ?? null;
      effects.set(name, effect === null ? so : Math.max(effect, so ?? -Infinity));
    }
  return {
    from: steps[0]!.from,
    to: steps.at(-1)!.to,
    records: sum(({ records }) => records),
    refused: sum(({ refused }) => refused),
    failed: sum(({ failed }) => failed),
    meanConfidence: weight > 0 ? weighted / weight : null,
    effects: Object.fromEntries(effects),
  };
}
