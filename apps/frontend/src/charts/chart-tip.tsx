import { NameText } from '../design/name-text.tsx';
import type { Series } from './series.ts';

export interface ChartTipProps {
  /** In words, what is pointed at. */
  readonly title: string;
  readonly series: readonly Series[];
  /** Of the place. */
  readonly index: number;
  format(value: number): string;
}

/** What a chart says of the place that is pointed at. */
export function ChartTip({ title, series, index, format }: ChartTipProps) {
  return (
    <div className="chart-tip">
      <strong>
        <NameText>{title}</NameText>
      </strong>
      <dl>
        {series.map(({ name, colour, values }, at) => {
          const value = values[index];
          if (value == null) return null;
          return (
            <div key={at}>
              <dt>
                <span className="chart-key" style={{ background: colour }} />
                <NameText>{name}</NameText>
              </dt>
              <dd>{format(value)}</dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}
