import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DAY, syntheticFeedback, syntheticPrediction } from './synthetic-events.ts';

/** Size of an object, as a sink writes them. Bytes. */
const OBJECT = 8 * 1024 * 1024;

/** Writes a day of predictions below a folder as a sink would: one in a hundred twice, feedback for one in ten. */
export function writeDay(folder: string, count: number): { bytes: number } {
  let bytes = 0;
  for (const topic of ['predictions', 'feedback'] as const) {
    for (let hour = 0; hour < 24; hour++)
      mkdirSync(join(folder, topic, '2026-05-01', String(hour).padStart(2, '0')), { recursive: true });
  }
  const batches = { predictions: [] as string[], feedback: [] as string[] };
  const sizes = { predictions: 0, feedback: 0 };
  let sequence = 0;
  const flush = (topic: 'predictions' | 'feedback', hour: number) => {
    const name = `sink-bench-${String(sequence++).padStart(6, '0')}.jsonl`;
    const path = join(folder, topic, '2026-05-01', String(hour).padStart(2, '0'), name);
    writeFileSync(path, batches[topic].join(''));
    bytes += sizes[topic];
    batches[topic] = [];
    sizes[topic] = 0;
  };
  const add = (topic: 'predictions' | 'feedback', event: unknown, hour: number) => {
    const line = `${JSON.stringify(event)}\n`;
    batches[topic].push(line);
    sizes[topic] += line.length;
    if (sizes[topic] >= OBJECT) flush(topic, hour);
  };
  let hour = 0;
  for (let n = 0; n < count; n++) {
    const at = Math.floor((n * DAY.ms) / count);
    if (Math.floor(at / 3_600_000) > hour) {
      flush('predictions', hour);
      flush('feedback', hour);
      hour = Math.floor(at / 3_600_000);
    }
    const event = syntheticPrediction(DAY.from + at);
    add('predictions', event, hour);
    if (n % 100 === 0) add('predictions', event, hour);
    // In the hour of the prediction: one who says so late changes nothing here.
    if (n % 10 === 0)
      add(
        'feedback',
        syntheticFeedback(event.id, DAY.from + Math.min(at, (hour + 1) * 3_600_000 - 60_001)),
        hour,
      );
  }
  flush('predictions', hour);
  flush('feedback', hour);
  return { bytes };
}
