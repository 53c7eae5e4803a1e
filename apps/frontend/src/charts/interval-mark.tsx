import './charts.css';

export interface IntervalMarkProps {
  readonly value: number;
  readonly interval?: readonly [number, number] | undefined;
  /** What the ends of the track stand for. */
  readonly range: readonly [number, number];
  /** A line to compare with. */
  readonly reference?: number | undefined;
  readonly tone?: 'plain' | 'warn';
}

/** A value as a dot with its interval as a line, for a cell of a table that has the same as numbers. */
export function IntervalMark({ value, interval, range, reference, tone = 'plain' }: IntervalMarkProps) {
  const [from, to] = range;
  const at = (one: number) => Math.min(100, Math.max(0, ((one - from) / (to - from || 1)) * 100));
  const colour = tone === 'warn' ? 'var(--data-2)' : 'var(--data-1)';
  return (
    <svg className="interval-mark" viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true">
      <line
        x1="0"
        x2="100"
        y1="8"
        y2="8"
        stroke="var(--line)"
        strokeWidth="1"
        vectorEffect="non-scaling-stroke"
      />
      {reference !== undefined && (
        <line
          x1={at(reference)}
          x2={at(reference)}
          y1="1"
          y2="15"
          stroke="var(--ink-faint)"
          strokeDasharray="2 2"
          vectorEffect="non-scaling-stroke"
        />
      )}
      {interval !== undefined && (
        <line
          x1={at(interval[0])}
          x2={at(interval[1])}
          y1="8"
          y2="8"
          stroke={colour}
          strokeWidth="2"
          vectorEffect="non-scaling-stroke"
        />
      )}
      {/* A line without length and round ends is a dot that is not stretched with the track. */}
      <line
        x1={at(value)}
        x2={at(value)}
        y1="8"
        y2="8"
        stroke={colour}
        strokeWidth="8"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
