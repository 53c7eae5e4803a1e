import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openEventBus } from '../../libs/event-bus/src/index.ts';
import { createEvent, uuidV7, type PredictionRecord } from '../../libs/schema/src/index.ts';

const HOUR_MS = 3_600_000;
const AGAIN_MS = 1000;

/** Hours of traffic that are remembered, and how many of the last brought another kind of wine. */
const HOURS = 72;
const CHANGED_HOURS = 14;

/** Rows that are really asked, of the known kind and of the other. */
const ASKED = 24;

/** What names of features of a row begin with. */
const FEATURE = 'feature.';

/** What a wine is measured by, as the reference profile counts it: values fall between `edges`, and as often as `counts` say. */
interface Feature {
  readonly name: string;
  readonly deviation: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

/** The features of the wine model that is served. @param root the repository's */
async function featuresOf(root: string): Promise<Feature[]> {
  const folder = join(root, 'models/wine');
  const version = (await readFile(join(folder, 'champion'), 'utf8')).trim();
  const text = await readFile(join(folder, version, 'reference-profile.json'), 'utf8');
  const { features } = JSON.parse(text) as { features: Record<string, Omit<Feature, 'name'>> };
  return Object.entries(features)
    .filter(([name]) => name.startsWith(FEATURE))
    .map(([name, feature]) => ({ ...feature, name: name.slice(FEATURE.length) }));
}

/** Pseudo-random numbers in 0 to 1, the same each time (Park & Miller 1988). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** A value as often as it is in the reference. */
function drawValue({ edges, counts, minimum, maximum }: Feature, next: () => number): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let left = next() * total;
  const bin = counts.findIndex((count) => (left -= count) < 0);
  const from = edges[bin - 1] ?? minimum;
  const to = edges[bin] ?? maximum;
  // Profiles have edges beyond what was ever seen.
  return Math.min(maximum, Math.max(minimum, from + (to - from) * next()));
}

/** A wine that nobody made; of the other kind, it is stronger and lighter. */
function drawWine(
  features: readonly Feature[],
  isOther: boolean,
  next: () => number,
): Record<string, number> {
  const shift: Readonly<Record<string, number>> = isOther ? { alcohol: 1.5, density: -1.2 } : {};
  return Object.fromEntries(
    features.map((feature) => [
      feature.name,
      drawValue(feature, next) + feature.deviation * (shift[feature.name] ?? 0),
    ]),
  );
}

/** Asks the model about wines of both kinds. @returns what the log has of it */
async function askAll(
  url: string,
  root: string,
): Promise<{ known: PredictionRecord[]; other: PredictionRecord[] }> {
  const next = numbers(7);
  const features = await featuresOf(root);
  const ask = async (isOther: boolean, at: number) => {
    const answer = await fetch(`${url}/api/inference/predict?model=wine`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Assay-Client': at % 3 === 0 ? 'tasting-app' : 'cellar',
      },
      body: JSON.stringify({ features: drawWine(features, isOther, next) }),
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
 * @param root the repository's
 */
export async function rememberDays(url: string, bus: string, root: string): Promise<void> {
  const { known, other } = await askAll(url, root);
  const events = await openEventBus(bus);
  const next = numbers(11);
  const thisHour = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  for (let hour = HOURS; hour > 0; hour--) {
    const from = thisHour - hour * HOUR_MS;
    const busy = 32 + Math.round(24 * Math.sin((new Date(from).getUTCHours() / 24) * 2 * Math.PI - 2));
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
