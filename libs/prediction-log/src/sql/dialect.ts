/** What DuckDB and BigQuery say in different words. Everything else in the queries is the SQL that both know. */
export interface Dialect {
  /** A name of a table or a column. */
  identifier(name: string): string;
  text(value: string): string;
  /** The moment as a value of a time column. */
  time(value: Date): string;
  /** The beginning of the minute, hour or day that a time lies in, UTC. */
  truncate(column: string, unit: TimeUnit): string;
  /** The number under a key of a column of the type `map`, null where there is none. */
  mapEntry(column: string, key: string): string;
  /** The number at a place, from 0, of a column of the type `numbers`, null where there is none. */
  element(column: string, index: number): string;
  /** An expression as text. */
  toText(expression: string): string;
  /** An expression as a whole number. */
  toInteger(expression: string): string;
  /** Several rows for each row of a table: the columns of each, expressions by name, stand beside those of the row it is made of. */
  spread(from: string, rows: readonly Readonly<Record<string, string>>[]): string;
  /** A hash of a text, a whole number of 64 bits. */
  hash(expression: string): string;
  /** The value below which so much of all lies, 0 to 1. */
  quantile(expression: string, share: number): string;
}

export type TimeUnit = 'minute' | 'hour' | 'day';
