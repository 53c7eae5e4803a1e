import { setTimeout as sleep } from 'node:timers/promises';
import { openEventBus } from '../../libs/event-bus/src/index.ts';
import { createEvent, uuidV7, type PredictionRecord } from '../../libs/schema/src/index.ts';

const HOUR_MS = 3_600_000;
const AGAIN_MS = 1000;

/** Hours of traffic that are remembered, and how many of the last brought another kind of wine. */
const HOURS = 72;
const CHANGED_HOURS = 14;

/** Rows that are really asked, of the known kind and of the other. */
const ASKED = 40;

/** What the page shows of a feature in its form. */
interface Feature {
  readonly name: string;
  readonly mean: number;
  readonly std: number;
  readonly min?: number;
  readonly max?: number;
}

/** Pseudo-random numbers in 0 to 1, the same each time (Park & Miller 1988). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** Irwin & Hall: the sum of twelve uniform numbers, nearly normal. */
const normal = (next: () => number) => Array.from({ length: 12 }, next).reduce((sum, one) => sum + one, -6);

/** A wine that nobody made; of the other kind, it is stronger and drier. */
function drawWine(
  features: readonly Feature[],
  isOther: boolean,
  next: () => number,
): Record<string, number> {
  const shift: Readonly<Record<string, number>> = isOther ? { alcohol: 1.6, density: -1.2 } : {};
  return Object.fromEntries(
    features.map(({ name, mean, std, min = -Infinity, max = Infinity }) => [
      name,
      Math.min(max, Math.max(min, mean + std * (0.8 * normal(next) + (shift[name] ?? 0)))),
    ]),
  );
}

/** Asks the model about wines of both kinds. @returns what the log has of it */
async function askAll(url: string): Promise<{ known: PredictionRecord[]; other: PredictionRecord[] }> {
  const next = numbers(7);
  const { preprocessing } = (await (await fetch(`${url}/api/inference/models/wine`)).json()) as {
    preprocessing: { features: readonly Feature[] };
  };
  const ask = async (isOther: boolean, at: number) => {
    const answer = await fetch(`${url}/api/inference/predict?model=wine`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Assay-Client': at % 3 === 0 ? 'tasting-app' : 'cellar',
      },
      body: JSON.stringify({ features: drawWine(preprocessing.features, isOther, next) }),
    });
    const { id } = (await answer.json()) as { id: string };
    return id;
  };
  const recordOf = async (id: string): Promise<PredictionRecord> => {
    const found = await fetch(`${url}/api/drift/predictions/${id}`);
    if (!found.ok) {
      // It is on its way to the log.
      await sleep(AGAIN_MS);
      return recordOf(id);
    }
    const { feedback: _, ...record } = (await found.json()) as PredictionRecord & { feedback: unknown };
    return record;
  };
  const records: PredictionRecord[][] = [];
  for (const isOther of [false, true]) {
    const ids: string[] = [];
    for (let at = 0; at < ASKED; at++) ids.push(await ask(isOther, at));
    const found: PredictionRecord[] = [];
    for (const id of ids) found.push(await recordOf(id));
    records.push(found);
  }
  return { known: records[0]!, other: records[1]! };
}

/**
 * Lets three days pass: real answers to drawn wines, told to the event bus as if they had been given hour by hour. In the last hours the
 * wines are of another kind.
 *
 * @param url of the page
 * @param bus URL of the event bus
 */
export async function rememberDays(url: string, bus: string): Promise<void> {
  const { known, other } = await askAll(url);
  const events = await openEventBus(bus);
  const next = numbers(11);
  const thisHour = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  for (let hour = HOURS; hour > 0; hour--) {
    const from = thisHour - hour * HOUR_MS;
    const busy = 6 + Math.round(5 * Math.sin((new Date(from).getUTCHours() / 24) * 2 * Math.PI - 2));
    const world = hour <= CHANGED_HOURS ? other : known;
    for (let at = 0; at < busy; at++) {
      const now = from + Math.floor(next() * HOUR_MS);
      const time = new Date(now).toISOString();
      const id = uuidV7({ now });
      const record = world[Math.floor(next() * world.length)]!;
      const took = 4 + 10 * next() ** 4;
      await events.publish(
        'predictions',
        createEvent({
          type: 'assay.prediction.made.v1',
          source: '/screenshots',
          subject: 'wine',
          id,
          time,
          data: { ...record, id, time, stages: { ...record.stages, total: took } },
        }),
      );
    }
  }
  await events.close();
}
