import './charts.css';
import type { ReactNode } from 'react';

export interface StatProps {
  readonly label: string;
  readonly value: string;
  /** Under it, small: an interval, what it is compared with. */
  readonly note?: ReactNode;
}

/** Values of more characters than this are set smaller: a version, not a number. */
const LONG = 12;

/** One figure that matters; stands in a `<Stats>`. */
export function Stat({ label, value, note }: StatProps) {
  return (
    <div className="stat">
      <dt>{label}</dt>
      <dd className={value.length > LONG ? 'stat-value stat-value-long' : 'stat-value'}>{value}</dd>
      {note !== undefined && <dd className="stat-note">{note}</dd>}
    </div>
  );
}

/** The figures that matter, side by side. */
export function Stats({ children }: { readonly children: ReactNode }) {
  return <dl className="stats">{children}</dl>;
}
