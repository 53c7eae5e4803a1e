import { feedbackColumns } from '../columns.ts';
import { literal } from '../database/sql-text.ts';
import { checkWindow, type Window } from '../layout/window.ts';
import { duckdb } from '../sql/duckdb.ts';
import { featureValue } from '../sql/feature-value.ts';
import { idHash } from './id-digest.ts';
import type { LogReader } from './log-reader.ts';
import { PASSED_OVER, relation, type LogFiles } from './relation.ts';
import { latestFeedback, wantedFor, within } from './tables.ts';

/** Which values of which predictions. */
export interface ScanOptions {
  window: Window;
  /** Name of the model. */
  model: string;
  /** Names of numbers, as the reference profile has them. */
  numbers: readonly string[];
  /** Names of texts of which there are few different ones, as the reference profile has them, or `label`, the truth by feedback. */
  texts: readonly string[];
}

/** Some predictions by column, in no order. Its numbers hold until the next batch comes. */
export interface ScanBatch {
  /** Where in the columns they are; what else is there does not count. */
  rows: readonly number[];
  ids: readonly string[];
  /** Both halves of a hash of each id, for {@link addId}. */
  hashes: { high: Float64Array; low: Float64Array };
  /** Milliseconds since 1970. */
  times: Float64Array;
  /** In the order of their names; NaN where there is none. */
  numbers: readonly Float64Array[];
  /** By row, in the order of their names: the same object for the same texts. */
  texts: readonly (readonly (string | null)[])[];
  /** sha256 of the input where it is kept in the bucket. */
  kept: readonly (string | null)[];
}

/** What is made of the batches; begun anew where an object vanishes under the reader or proves to be damaged. */
export interface Scan<T> {
  begin(): T;
  add(into: T, batch: ScanBatch): void;
  /** So many lines, or objects, that are filed under an hour (milliseconds since 1970) were torn, damaged or of a newer release. */
  passOver(into: T, hour: number, count: number): void;
}

/**
 * Reads values of all predictions of a model in a window, each prediction once. Millions take the memory of a few thousand, and of their
 * ids where they are not compacted yet.
 *
 * @throws AssayError `invalid-query` if the window is none, or if there is no such value.
 */
export async function scanLog<T>(reader: LogReader, options: ScanOptions, scan: Scan<T>): Promise<T> {
  const { window, model } = options;
  const numbers = options.numbers.map((name) => featureValue(name, duckdb));
  const texts = options.texts.map((name) => featureValue(name, duckdb));
  const needed = [...numbers, ...texts].flatMap(({ columns }) => columns);
  const said = feedbackColumns.some(({ name }) => needed.includes(name));
  const columns = ['model_name', 'input_stored', 'input_sha256', ...needed].filter(
    (column) => !feedbackColumns.some(({ name }) => name === column),
  );
  const list = [
    PASSED_OVER,
    'id',
    'CAST(epoch_ms(time) AS DOUBLE)',
    `CAST(to_json([${texts.map(({ sql }) => duckdb.toText(sql)).join(', ')}]) AS VARCHAR)`,
    'CASE WHEN input_stored THEN input_sha256 END',
    `CAST(${idHash.high} AS DOUBLE)`,
    `CAST(${idHash.low} AS DOUBLE)`,
    ...numbers.map(({ sql }) => `TRY_CAST(${sql} AS DOUBLE)`),
  ];
  const where = `${within(checkWindow(window))} AND model_name = ${literal(model)}`;
  return reader.read(wantedFor(window, { feedback: said }), async (session, found) => {
    const { files, hourOfLines, unread } = found;
    const rows = relation('predictions', files.predictions, { columns, where, passedOver: true });
    const feedback = said ? ` LEFT JOIN (${latestFeedback(files)}) AS f ON f.prediction_id = p.id` : '';
    const sql = `SELECT ${list.join(', ')} FROM (${rows}) AS p${feedback}`;
    const known = isDistinct(files.predictions) ? undefined : new Set<string>();
    const readTexts = tupleReader();
    const room: Float64Array[] = [];
    const result = scan.begin();
    for (const hour of unread) scan.passOver(result, hour, 1);
    for await (const chunk of session.chunks(sql)) {
      const [passedOver, ids] = [chunk.texts(0), chunk.texts(1)];
      const take: number[] = [];
      for (let row = 0; row < chunk.rows; row++) {
        const file = passedOver[row] ?? null;
        if (file !== null) {
          scan.passOver(result, hourOfLines.get(file)!, 1);
          continue;
        }
        const id = ids[row]!;
        if (known?.has(id)) continue;
        known?.add(id);
        take.push(row);
      }
      if (take.length === 0) continue;
      const numbersOf = (column: number) => chunk.numbers(column, (room[column] ??= new Float64Array(ROOM)));
      scan.add(result, {
        rows: take,
        ids: ids as string[],
        hashes: { high: numbersOf(5), low: numbersOf(6) },
        times: numbersOf(2),
        texts: chunk.texts(3).map((text) => readTexts(text!)),
        kept: chunk.texts(4),
        numbers: numbers.map((_, at) => numbersOf(7 + at)),
      });
    }
    return result;
  });
}

/** Rows of a chunk, as DuckDB has them. */
const ROOM = 2048;

type TupleReader = (json: string) => readonly (string | null)[];

/** More different texts than this are read again and again, rather than held. */
const TUPLES = 100_000;

function tupleReader(): TupleReader {
  const tuples = new Map<string, readonly (string | null)[]>();
  return (json) => {
    const known = tuples.get(json);
    if (known) return known;
    const tuple = JSON.parse(json) as (string | null)[];
    if (tuples.size < TUPLES) tuples.set(json, tuple);
    return tuple;
  };
}

/** The only compacted object of an hour has each record once; lines, and a second such object, may repeat what is elsewhere. */
const isDistinct = ({ lines, hours }: LogFiles): boolean =>
  lines.length === 0 && new Set(hours).size === hours.length;
