import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openObjectStore } from '@assay/object-store';
import { uuidV7, type CloudEvent, type ReferenceProfile } from '@assay/schema';
import { makeTinyPackage } from '@assay/testing';
import { stateIn } from './drift-service.fixture.ts';
import { prediction } from './predictions.fixture.ts';

const HOUR = 3_600_000;
/** Inputs that the reference was made of. */
const INPUTS = 1000;

/** Pseudo-random numbers in 0 to 1, the same each time (Park & Miller 1988). */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** Irwin & Hall: the sum of twelve uniform numbers, nearly normal. */
const normal = (next: () => number) => Array.from({ length: 12 }, next).reduce((sum, one) => sum + one, -6);

/** A row of the world that the model knows, moved by so many σ. */
function row(next: () => number, shift = 0) {
  const height = 10 + 2 * (normal(next) + shift);
  const label = next() < 0.5 ? 'small' : 'large';
  return { height, width: normal(next), label, confidence: 0.5 + next() / 2 };
}

function numeric(values: readonly number[]): ReferenceProfile['features'][string] {
  const sorted = [...values].sort((a, b) => a - b);
  const edges = Array.from({ length: 19 }, (_, at) => sorted[(at + 1) * 50]!);
  const counts = new Array<number>(20).fill(0);
  for (const value of sorted) counts[edges.filter((edge) => value >= edge).length]!++;
  const mean = sorted.reduce((sum, one) => sum + one / INPUTS, 0);
  const deviation = Math.sqrt(sorted.reduce((sum, one) => sum + (one - mean) ** 2 / INPUTS, 0));
  const ends = { minimum: sorted[0]!, maximum: sorted.at(-1)! };
  return { kind: 'numeric', count: INPUTS, missing: 0, mean, deviation, ...ends, edges, counts };
}

function referenceProfile(): ReferenceProfile {
  const next = numbers(1);
  const rows = Array.from({ length: INPUTS }, () => row(next));
  const small = rows.filter(({ label }) => label === 'small').length;
  return {
    schemaVersion: 1,
    inputs: INPUTS,
    features: {
      'feature.height': numeric(rows.map(({ height }) => height)),
      'feature.width': numeric(rows.map(({ width }) => width)),
      confidence: numeric(rows.map(({ confidence }) => confidence)),
      prediction: {
        kind: 'categorical',
        count: INPUTS,
        missing: 0,
        counts: { small, large: INPUTS - small },
      },
    },
  };
}

/** A registry with `tiny`, which knows its world, and `bare`, which says nothing of it. */
export async function makeRegistry(folder: string): Promise<string> {
  const root = join(folder, 'registry');
  for (const name of ['tiny', 'bare']) {
    const place = join(root, name, '1.0.0');
    const manifest = await makeTinyPackage(place, { kind: 'tabular', name });
    await writeFile(join(root, name, 'champion'), '1.0.0\n');
    if (name === 'bare') continue;
    const path = 'reference-profile.json';
    const content = JSON.stringify(referenceProfile());
    const sha256 = createHash('sha256').update(content).digest('hex');
    await writeFile(join(place, path), content);
    manifest.files.push({ path, bytes: content.length, sha256 });
    await writeFile(join(place, 'manifest.json'), JSON.stringify({ ...manifest, referenceProfile: path }));
  }
  return root;
}

export interface GivenRecords {
  /** When their hour begins, milliseconds since 1970. */
  readonly hour: number;
  readonly count: number;
  readonly seed?: number;
  /** By how many σ heights are moved. */
  readonly shift?: number;
  /** Takes the place of members of a row; `undefined` leaves a value out. */
  readonly change?: Readonly<Partial<Record<'height' | 'width' | 'label' | 'confidence', unknown>>>;
}

/** Events of one hour, as inference-api publishes them. */
export function recordsOf({ hour, count, seed = (hour % 1e6) + 7, shift = 0, change = {} }: GivenRecords) {
  const next = numbers(seed);
  return Array.from({ length: count }, (_, at): CloudEvent => {
    const given = { ...row(next, shift), ...change };
    const time = new Date(hour + Math.floor((at * HOUR) / count));
    const event = prediction({
      time,
      model: 'tiny',
      label: given.label as string,
      confidence: given.confidence as number,
    });
    const features = Object.fromEntries(
      Object.entries({ height: given.height, width: given.width }).filter(([, value]) => value !== undefined),
    ) as Record<string, number>;
    return {
      ...event,
      data: { ...event.data, input: { kind: 'tabular', sha256: uuidHash(at), bytes: 30, features } },
    };
  });
}

const uuidHash = (at: number) => createHash('sha256').update(`${at}`).digest('hex');

/** Writes lines into the log of a folder, as the sink would. */
export async function writeLog(folder: string, hour: number, lines: readonly unknown[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const store = await openObjectStore(stateIn(folder).OBJECT_STORE_URL);
  const at = new Date(hour).toISOString();
  const text = lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');
  await store.put(`predictions/${at.slice(0, 10)}/${at.slice(11, 13)}/sink-${uuidV7()}-0.jsonl`, text);
}
