import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createEvent,
  uuidV7,
  type CloudEvent,
  type PredictionRecord,
  type ReferenceProfile,
} from '@assay/schema';
import { makeTinyPackage } from './tiny-package.ts';

const HOUR = 3_600_000;
/** Inputs that the reference was made of. */
const INPUTS = 1000;
const BINS = 20;

/** Pseudo-random numbers in 0 to 1, the same each time (Park & Miller 1988). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** Irwin & Hall: the sum of twelve uniform numbers, nearly normal. */
const normal = (next: () => number) => Array.from({ length: 12 }, next).reduce((sum, one) => sum + one, -6);

/** A row of the world that the model knows, its height moved by so many σ. */
function row(next: () => number, shift = 0) {
  const height = 10 + 2 * (normal(next) + shift);
  const label = next() < 0.5 ? 'small' : 'large';
  return { height, width: normal(next), label, confidence: 0.5 + next() / 2 };
}

function numeric(values: readonly number[]): ReferenceProfile['features'][string] {
  const sorted = [...values].sort((a, b) => a - b);
  const edges = Array.from({ length: BINS - 1 }, (_, at) => sorted[((at + 1) * INPUTS) / BINS]!);
  const counts = new Array<number>(BINS).fill(0);
  for (const value of sorted) counts[edges.filter((edge) => value >= edge).length]!++;
  const mean = sorted.reduce((sum, one) => sum + one / INPUTS, 0);
  const deviation = Math.sqrt(sorted.reduce((sum, one) => sum + (one - mean) ** 2 / INPUTS, 0));
  const ends = { minimum: sorted[0]!, maximum: sorted.at(-1)! };
  return { kind: 'numeric', count: INPUTS, missing: 0, mean, deviation, ...ends, edges, counts };
}

function knownWorld(): ReferenceProfile {
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

/**
 * A registry of two tabular models: `tiny`, which knows a world of heights and widths by a reference profile, and `bare`, which says
 * nothing of its world.
 *
 * @returns its folder, in the given one
 */
export async function makeDriftRegistry(folder: string): Promise<string> {
  const root = join(folder, 'registry');
  for (const name of ['tiny', 'bare']) {
    const place = join(root, name, '1.0.0');
    const manifest = await makeTinyPackage(place, { kind: 'tabular', name });
    await writeFile(join(root, name, 'champion'), '1.0.0\n');
    if (name === 'bare') continue;
    const path = 'reference-profile.json';
    const content = JSON.stringify(knownWorld());
    const sha256 = createHash('sha256').update(content).digest('hex');
    const files = [...manifest.files, { path, bytes: content.length, sha256 }];
    await writeFile(join(place, path), content);
    await writeFile(
      join(place, 'manifest.json'),
      JSON.stringify({ ...manifest, files, referenceProfile: path }),
    );
  }
  return root;
}

export interface DriftingRecords {
  /** When their hour begins, milliseconds since 1970. */
  readonly hour: number;
  readonly count: number;
  /** Default: by the hour. */
  readonly seed?: number;
  /** By how many σ heights are moved. */
  readonly shift?: number;
  /** Takes the place of members of every row; `undefined` leaves a value out. */
  readonly change?: Readonly<Partial<Record<'height' | 'width' | 'label' | 'confidence', unknown>>>;
}

/** Predictions of `tiny` in one hour, as inference-api publishes them. */
export function driftingRecords(given: DriftingRecords): CloudEvent<'assay.prediction.made.v1'>[] {
  const { hour, count, seed = ((hour / HOUR) % 1e6) + 7, shift = 0, change = {} } = given;
  const next = numbers(seed);
  return Array.from({ length: count }, (_, at) => {
    const { height, width, label, confidence } = { ...row(next, shift), ...change };
    const now = hour + Math.floor((at * HOUR) / count);
    const time = new Date(now).toISOString();
    const id = uuidV7({ now });
    const known = Object.entries({ height, width }).filter(([, value]) => value !== undefined);
    const data = {
      ...{ id, time, requestId: 'drifting', outcome: 'answered', stages: { total: 10 } },
      model: {
        ...{ name: 'tiny', version: '1.0.0', variant: 'fp32' },
        ...{ digest: 'a'.repeat(64), preprocessingDigest: 'b'.repeat(64) },
      },
      input: {
        kind: 'tabular',
        ...{ sha256: createHash('sha256').update(`${at}`).digest('hex'), bytes: 30 },
        features: Object.fromEntries(known),
      },
      answer: {
        ...{ prediction: label, decision: label, probability: confidence, confidence },
        ...{ margin: 0.5, entropy: 0.8, scores: { [String(label)]: confidence } },
      },
    } as PredictionRecord;
    return createEvent({
      type: 'assay.prediction.made.v1',
      id,
      source: '/spec',
      time,
      subject: 'tiny',
      data,
    });
  });
}
