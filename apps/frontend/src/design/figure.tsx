import { useId, useState, type ReactNode } from 'react';

export interface FigureProps {
  readonly title: string;
  /** What to see in it, in a sentence. */
  readonly note?: ReactNode;
  /** The numbers that are drawn, for those who do not see the drawing. */
  readonly table: {
    readonly columns: readonly string[];
    /** Asked for when somebody wants to see them: there may be many. */
    rows(): readonly (readonly (string | number)[])[];
  };
  /** The drawing, for example a chart. */
  readonly children: ReactNode;
}

/** The frame of every chart: title, drawing, note, and the same numbers as a table. */
export function Figure({ title, note, table, children }: FigureProps) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  return (
    <figure className="figure" aria-labelledby={id}>
      <figcaption id={id} className="figure-title">
        {title}
      </figcaption>
      {children}
      {note !== undefined && <p className="figure-note">{note}</p>}
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>Show the numbers</summary>
        {isOpen && <Numbers table={table} labelledBy={id} />}
      </details>
    </figure>
  );
}

function Numbers({ table, labelledBy }: Pick<FigureProps, 'table'> & { readonly labelledBy: string }) {
  return (
    // Scrolls, so it must be reachable by keyboard.
    <div className="figure-table" tabIndex={0} role="region" aria-labelledby={labelledBy}>
      <table>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows().map((row, at) => (
            <tr key={at}>
              {row.map((cell, column) => (
                <td key={column} className={typeof cell === 'number' ? 'number' : undefined}>
                  <bdi>{cell}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
