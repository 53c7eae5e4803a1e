import stringWidth from 'string-width';
import { cleanText } from '../wording/clean-text.ts';

/** Text of at most `width` terminal columns, whatever letters it has; `…` stands for the rest. */
export function fitted(text: string, width: number): string {
  const clean = cleanText(text.slice(0, 4 * width));
  if (clean.length === text.length && stringWidth(clean) <= width) return clean;
  let fit = '';
  for (const { segment } of new Intl.Segmenter('en').segment(clean)) {
    if (stringWidth(fit + segment) > width - 1) break;
    fit += segment;
  }
  return stringWidth(clean) <= width && clean.length >= text.length ? clean : `${fit}…`;
}

/** Rows as lines with their columns under each other, each as wide as its widest cell; `numeric` columns stand at the right. */
export function aligned(rows: readonly (readonly string[])[], numeric: ReadonlySet<number>): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => stringWidth(row[column] ?? ''))),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const space = ' '.repeat(widths[column]! - stringWidth(cell));
        return numeric.has(column) ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd(),
  );
}
