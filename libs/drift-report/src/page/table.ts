import { markup, type Markup, type Part } from './markup.ts';

/** A column of a {@link table}. */
export interface Column<Row> {
  title: Part;
  /** Numbers stand at the right. */
  numeric?: boolean;
  /** Names the row for a screen reader; one column of each table. */
  heading?: boolean;
  cell: (row: Row) => Part;
}

/** Columns with the rows below; wide ones scroll in a region of their own, which the keyboard reaches. */
export function table<Row>(
  caption: string,
  { columns, rows }: { columns: readonly Column<Row>[]; rows: readonly Row[] },
): Markup {
  const kind = ({ numeric }: Column<Row>) => (numeric ? markup` class="number"` : undefined);
  return markup`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table>
<caption>${caption}</caption>
<thead><tr>${columns.map((column) => markup`<th scope="col"${kind(column)}>${column.title}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row) => markup`<tr>${columns.map((column) =>
      column.heading
        ? markup`<th scope="row">${column.cell(row)}</th>`
        : markup`<td${kind(column)}>${column.cell(row)}</td>`,
    )}</tr>
`,
  )}</tbody></table></div>
`;
}

/** What a list leaves out, in words; nothing where it is whole. */
export function leftOut(all: number, shown: number): Markup | undefined {
  return all > shown
    ? markup`<p class="muted">${all - shown} more ${all - shown === 1 ? 'is' : 'are'} in the JSON report.</p>`
    : undefined;
}
