import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DAY, syntheticPrediction } from '../prediction-log/synthetic-events.ts';

/** Writes 30 days of predictions of some models, so many an hour, as a sink would. */
export function writeMonth(folder: string, models: readonly string[], perHour: number): void {
  for (let hour = 0; hour < 30 * 24; hour++) {
    const begin = DAY.from + hour * 3_600_000;
    const text = new Date(begin).toISOString();
    const place = join(folder, 'predictions', text.slice(0, 10), text.slice(11, 13));
    mkdirSync(place, { recursive: true });
    const lines = models.flatMap((name) =>
      Array.from({ length: perHour }, (_, n) => {
        const event = syntheticPrediction(begin + n * Math.floor(3_600_000 / perHour));
        event.data.model = { ...event.data.model!, name };
        return `${JSON.stringify(event)}\n`;
      }),
    );
    writeFileSync(join(place, 'sink-bench-0.jsonl'), lines.join(''));
  }
}
