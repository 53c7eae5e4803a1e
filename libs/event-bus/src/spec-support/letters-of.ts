import type { DeadLetter, EventBus } from '../event-bus.ts';

/** The dead letters of `reader` of the topic `models`, as soon as there are so many: a bus may take a moment to park them. */
export async function lettersOf(bus: EventBus, count: number): Promise<DeadLetter[]> {
  for (;;) {
    const found = await bus.deadLetters('models', 'reader');
    if (found.length >= count) return found;
    await new Promise((wake) => setTimeout(wake, 50));
  }
}
