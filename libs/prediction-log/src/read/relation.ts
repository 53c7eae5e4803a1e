import { eventTypeOf, logColumns, type ColumnType, type LogColumn } from '../columns.ts';
import { identifier, listOf, literal } from '../database/sql-text.ts';
import type { LogTopic } from '../layout/log-object.ts';

/** Files of a topic on this machine. */
export interface LogFiles {
  lines: readonly string[];
  compacted: readonly string[];
  /** Of each compacted file: milliseconds since 1970. */
  hours: readonly number[];
}

/** Lines of files that are no events of the topic's type, in {@link relation}. */
export const PASSED_OVER = 'passed_over';

/** The longest line that is looked at; a record has 2 KiB. Bytes. */
const LONGEST_LINE = 1 << 20;

const duckdbTypes: Readonly<Record<ColumnType, string>> = {
  text: 'VARCHAR',
  integer: 'BIGINT',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  time: 'TIMESTAMPTZ',
  map: 'MAP(VARCHAR, DOUBLE)',
  numbers: 'DOUBLE[]',
};

/** Members and their types, as deep as the JSON is. */
interface Structure {
  [member: string]: string | Structure;
}

export interface RelationOptions {
  /** Names of {@link logColumns}: what is not asked for is not parsed. `id` and `time` come always. */
  columns: readonly string[];
  /** An SQL condition on the columns. */
  where?: string;
}

/**
 * The records of some files as a DuckDB relation: one row for each event of the topic's type, duplicates included. Lines that
 * are no JSON and events of other versions are left out.
 *
 * @param options.verbatim Adds the column `event`, the JSON of the event as it was sent.
 * @param options.passedOver Adds the column {@link PASSED_OVER}: lines that would be left out are there, whatever the condition, with
 *   the path of their file in it; it is null for all others.
 */
export function relation(
  topic: LogTopic,
  files: LogFiles,
  options: RelationOptions & { verbatim?: boolean; passedOver?: boolean },
): string {
  const { verbatim = false, passedOver = false, where } = options;
  const columns = withKeys(topic, options.columns);
  const extra = [...(verbatim ? ['event'] : []), ...(passedOver ? [PASSED_OVER] : [])];
  const names = [...extra, ...columns.map(({ name }) => name)];
  const types = [...extra.map(() => 'VARCHAR'), ...columns.map(({ type }) => duckdbTypes[type])];
  const nothing = names.map((name, at) => `NULL::${types[at]!} AS ${identifier(name)}`).join(', ');
  const parts = [`SELECT ${nothing} WHERE false`];
  if (files.lines.length > 0) parts.push(linesOf(topic, files.lines, { columns, verbatim, passedOver }));
  if (files.compacted.length > 0) parts.push(compactedOf(files.compacted, names));
  const rows = parts.join(' UNION ALL BY NAME ');
  if (where === undefined) return rows;
  return `SELECT * FROM (${rows}) WHERE ${passedOver ? `${PASSED_OVER} IS NOT NULL OR (${where})` : where}`;
}

function withKeys(topic: LogTopic, names: readonly string[]): LogColumn[] {
  const known = logColumns[topic];
  return [...new Set(['id', 'time', ...names])].map((name) => known.get(name)!);
}

function linesOf(
  topic: LogTopic,
  files: readonly string[],
  what: { columns: readonly LogColumn[]; verbatim: boolean; passedOver: boolean },
): string {
  const { columns, verbatim, passedOver } = what;
  const values = columns.map(
    ({ name, path }) => `e.${path.map(identifier).join('.')} AS ${identifier(name)}`,
  );
  if (verbatim) values.unshift('line AS event');
  const wanted = `e.type = ${literal(eventTypeOf[topic])} AND e.id IS NOT NULL AND e.time IS NOT NULL`;
  if (passedOver) values.unshift(`CASE WHEN ${wanted} THEN NULL ELSE filename END AS ${PASSED_OVER}`);
  const lines = readLines(files, { columns, filename: passedOver });
  return `SELECT ${values.join(', ')} FROM (${lines})${passedOver ? '' : ` WHERE ${wanted}`}`;
}

/**
 * The lines of some files: `line`, text, and `e`, a structure with the event's `type` and what the columns need. Where a line is
 * no JSON both are null. DuckDB's `read_json` is faster by half, but loses the line after one that breaks off within a member.
 *
 * @param options.filename Adds the column `filename`.
 */
export function readLines(
  files: readonly string[],
  options: { columns: readonly LogColumn[]; filename?: boolean },
): string {
  const { columns, filename = false } = options;
  const structure = literal(JSON.stringify(structureOf([...columns, { path: ['type'], type: 'text' }])));
  const how = `ignore_errors = true, maximum_object_size = ${LONGEST_LINE}, filename = ${filename}`;
  return (
    // A list of one that is unnested: conditions on `e` are not moved below it, where each of them would parse the line anew.
    `SELECT json::VARCHAR AS line, unnest([from_json(json, ${structure})]) AS e${filename ? ', filename' : ''} ` +
    `FROM read_ndjson_objects(${listOf(files)}, ${how})`
  );
}

function compactedOf(files: readonly string[], names: readonly string[]): string {
  // Columns that files of an earlier release lack are null.
  const wanted = new Set(names);
  const columns = `COLUMNS(c -> c IN (${[...wanted].map(literal).join(', ')}))`;
  return `SELECT ${columns} FROM read_parquet(${listOf(files)}, union_by_name = true)`;
}

function structureOf(columns: readonly Pick<LogColumn, 'path' | 'type'>[]): Structure {
  const root: Structure = {};
  for (const { path, type } of columns) {
    let at = root;
    for (const member of path.slice(0, -1)) at = (at[member] ??= {}) as Structure;
    at[path.at(-1)!] = duckdbTypes[type];
  }
  return root;
}
