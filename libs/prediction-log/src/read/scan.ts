import { feedbackColumns } from '../columns.ts';
import { literal } from '../database/sql-text.ts';
import { checkWindow, type Window } from '../layout/window.ts';
import { duckdb } from '../sql/duckdb.ts';
import { featureValue } from '../sql/feature-value.ts';
import { idHash } from './id-digest.ts';
import type { LogReader } from './log-reader.ts';
import { RANDOM_FROM } from '../sql/sample-query.ts';
import { PASSED_OVER, relation, type LogFiles } from './relation.ts';
import { seenIds } from './seen-ids.ts';
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

/** Some predictions by column, in no order. It holds until the next batch comes. */
export interface ScanBatch {
  /** Where in the columns they are; what else is there does not count. */
  rows: readonly number[];
  /** Costs more than the numbers do. */
  id(row: number): string;
  /** The first four of the random digits of the id (RFC 9562, section 5.7); `null` for an id that is more than ASCII. */
  lead(row: number): string | null;
  /** Both halves of a hash of each id, for {@link addId}. */
  hashes: { high: Float64Array; low: Float64Array };
  /** Milliseconds since 1970. */
  times: Float64Array;
  /** In the order of their names; NaN where there is none. */
  numbers: readonly Float64Array[];
  /** By row, in the order of their names: the same object for the same texts. */
  texts: readonly (readonly (string | null)[])[];
  /** sha256 of the input where it is kept in the bucket. */
  kept(row: number): string | null;
}

/** What is made of the batches; begun anew where an object vanishes under the reader or proves to be damaged. */
export interface Scan<T> {
  begin(): T;
  add(into: T, batch: ScanBatch): void;
  /** So many lines, or objects, that are filed under an hour (milliseconds since 1970) were torn, damaged or of a newer release. */
  passOver(into: T, hour: number, count: number): void;
}

/**
 * Reads values of all predictions of a model in a window, each prediction once. Millions take the memory of a few thousand, and of hashes of
 * their ids where they are not compacted yet.
 *
 * @throws AssayError `invalid-query` if the window is none, or if there is no such value.
 */
export async function scanLog<T>(reader: LogReader, options: ScanOptions, scan: Scan<T>): Promise<T> {
  const { window, model } = options;
  const numbers = options.numbers.map((name) => featureValue(name, duckdb));
  const texts = options.texts.map((name) => featureValue(name, duckdb));
  const needed = [...numbers, ...texts].flatMap(({ columns }) => columns);
  const needsFeedback = feedbackColumns.some(({ name }) => needed.includes(name));
  const columns = ['model_name', 'input_stored', 'input_sha256', ...needed].filter(
    (column) => !feedbackColumns.some(({ name }) => name === column),
  );
  const said = texts.map(({ sql }) => duckdb.toText(sql));
  const statements = [
    ...['id', PASSED_OVER, 'CASE WHEN input_stored THEN input_sha256 END'],
    `CASE WHEN strlen(id) = length(id) THEN substr(id, ${RANDOM_FROM}, 4) END`,
    ...[idHash.high, idHash.low, idHash.more, 'epoch_ms(time)', `${PASSED_OVER} IS NOT NULL`].map(double),
    ...hashOf(said).map(double),
    ...numbers.map(({ sql }) => double(sql)),
    ...said,
  ];
  const where = `${within(checkWindow(window))} AND model_name = ${literal(model)}`;
  return reader.read(wantedFor(window, { feedback: needsFeedback }), async (session, found) => {
    const { files, hourOfLines, unread } = found;
    const rows = relation('predictions', files.predictions, { columns, where, passedOver: true });
    const feedback = needsFeedback
      ? ` LEFT JOIN (${latestFeedback(files)}) AS f ON f.prediction_id = p.id`
      : '';
    const sql = `SELECT ${statements.join(', ')} FROM (${rows}) AS p${feedback}`;
    const seen = isDistinct(files.predictions) ? undefined : seenIds();
    const tuples = tupleReader();
    const room: Float64Array[] = [];
    const result = scan.begin();
    for (const hour of unread) scan.passOver(result, hour, 1);
    for await (const chunk of session.chunks(sql)) {
      const column = (at: number) => chunk.numbers(at, (room[at] ??= new Float64Array(ROOM)));
      const [high, low, more] = [column(AT.high), column(AT.low), column(AT.more)];
      const passedOver = column(AT.isPassedOver);
      const take: number[] = [];
      for (let row = 0; row < chunk.rows; row++)
        if (passedOver[row] === 1)
          scan.passOver(result, hourOfLines.get(chunk.text(AT.passedOver, row)!)!, 1);
        else if (seen?.add(high[row]!, low[row]!, more[row]!) ?? true) take.push(row);
      if (take.length === 0) continue;
      const hashes = [column(AT.textsHigh), column(AT.textsLow)] as const;
      const firstText = AT.numbers + numbers.length;
      const textsOf = (row: number) => said.map((_, at) => chunk.text(firstText + at, row));
      const tuplesOfRows: (readonly (string | null)[])[] = [];
      for (const row of take)
        tuplesOfRows[row] = tuples(hashes[0][row]!, hashes[1][row]!, () => textsOf(row));
      scan.add(result, {
        rows: take,
        id: (row) => chunk.text(AT.id, row)!,
        lead: (row) => chunk.text(AT.lead, row),
        hashes: { high, low },
        times: column(AT.time),
        texts: tuplesOfRows,
        kept: (row) => chunk.text(AT.kept, row),
        numbers: numbers.map((_, at) => column(AT.numbers + at)),
      });
    }
    return result;
  });
}

/** Rows of a chunk, as DuckDB has them. */
const ROOM = 2048;

/** Where the columns of the statement are. */
const AT = {
  ...{ id: 0, passedOver: 1, kept: 2, lead: 3 },
  ...{ high: 4, low: 5, more: 6, time: 7, isPassedOver: 8, textsHigh: 9, textsLow: 10, numbers: 11 },
} as const;

/** As a number that is never null: reading what may be costs a multiple. */
const double = (sql: string) => `coalesce(TRY_CAST(${sql} AS DOUBLE), 'NaN'::DOUBLE)`;

/** Both halves of a hash of some texts: each of them is read once for all rows that have the same. */
function hashOf(texts: readonly string[]): [high: string, low: string] {
  const hash = texts.length === 0 ? '0::UBIGINT' : `hash(${texts.join(', ')})`;
  return [`${hash} >> 32`, `${hash} & 4294967295`];
}

type Texts = readonly (string | null)[];
type TupleReader = (high: number, low: number, read: () => Texts) => Texts;

/** More different texts than this are read again and again, rather than held. */
const TUPLES = 100_000;

function tupleReader(): TupleReader {
  const tuples = new Map<number, { low: number; texts: Texts }[]>();
  let held = 0;
  return (high, low, read) => {
    const known = tuples.get(high)?.find((one) => one.low === low);
    if (known) return known.texts;
    const texts = read();
    if (held < TUPLES) {
      held += 1;
      const same = tuples.get(high);
      if (same) same.push({ low, texts });
      else tuples.set(high, [{ low, texts }]);
    }
    return texts;
  };
}

/** The only compacted object of an hour has each record once; lines, and a second such object, may repeat what is elsewhere. */
const isDistinct = ({ lines, hours }: LogFiles): boolean =>
  lines.length === 0 && new Set(hours).size === hours.length;
