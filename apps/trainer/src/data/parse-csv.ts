/** A table read from CSV. */
export interface CsvTable {
  columns: string[];
  /** Cells by column, with the line of the file that the row begins on (the header is line 1). */
  rows: { line: number; cells: Record<string, string>; width: number }[];
}

/**
 * Reads comma-separated values with a header line (RFC 4180: quoted cells may hold separators, line breaks
 * and doubled quotes). Cells and column names are trimmed; empty lines are skipped.
 */
export function parseCsv(text: string, separator = ','): CsvTable {
  const [header, ...records] = readRecords(text.replace(/^\uFEFF/, ''), separator);
  const columns = (header?.cells ?? []).map((name) => name.trim());
  return {
    columns,
    rows: records.map(({ line, cells }) => ({
      line,
      width: cells.length,
      cells: Object.fromEntries(columns.map((name, index) => [name, (cells[index] ?? '').trim()])),
    })),
  };
}

function readRecords(text: string, separator: string): { line: number; cells: string[] }[] {
  const records: { line: number; cells: string[] }[] = [];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  let line = 1;
  let start = 1;
  const endRecord = () => {
    cells.push(cell);
    if (cells.length > 1 || cell.trim() !== '') records.push({ line: start, cells });
    [cells, cell, start] = [[], '', line + 1];
  };
  for (let index = 0; index < text.length; index++) {
    const character = text[index]!;
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text[index + 1] === '"') {
        cell += '"';
        index++;
      } else quoted = false;
    } else if (character === '"' && cell.trim() === '') [cell, quoted] = ['', true];
    else if (character === separator) {
      cells.push(cell);
      cell = '';
    } else if (character === '\n') endRecord();
    else if (character !== '\r') cell += character;
    if (character === '\n') line++;
  }
  if (cell !== '' || cells.length > 0) endRecord();
  return records;
}
