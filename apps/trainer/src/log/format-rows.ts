import type { Row, SqlValue } from '@assay/prediction-log';

/** Rows as a table for people: columns as wide as their widest value, numbers to the right. */
export function tableOf(rows: readonly Row[]): string[] {
  const [first] = rows;
  if (!first) return [];
  const names = Object.keys(first);
  const cells = rows.map((row) => names.map((name) => cellOf(row[name]!)));
  const widths = names.map((name, at) => Math.max(name.length, ...cells.map((line) => line[at]!.length)));
  const isNumber = names.map((name) => rows.some((row) => typeof row[name] === 'number'));
  const line = (texts: readonly string[]) =>
    texts
      .map((text, at) => (isNumber[at] ? text.padStart(widths[at]!) : text.padEnd(widths[at]!)))
      .join('  ')
      .trimEnd();
  return [line(names), line(widths.map((width) => '─'.repeat(width))), ...cells.map(line)];
}

/** A line of CSV (RFC 4180); nothing for null. */
export function csvOf(values: readonly SqlValue[]): string {
  return values
    .map((value) => (value === null ? '' : cellOf(value)))
    .map((text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text))
    .join(',');
}

function cellOf(value: SqlValue): string {
  if (value === null) return '–';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
