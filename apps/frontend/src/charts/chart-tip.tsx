import { NameText } from '../design/name-text.tsx';
import type { Series } from './series.ts';

export interface ChartTipProps {
  readonly series: readonly Series[];
  /** In words, what is pointed at. */
  placeText(place: string | number): string;
  format(value: number): string;
  /** The rest is given by Recharts. */
  readonly active?: boolean;
  readonly label?: string | number | undefined;
  readonly payload?: readonly { readonly dataKey?: unknown; readonly value?: unknown }[];
}

/** What a chart says of the place that is pointed at. */
export function ChartTip({ series, placeText, format, active = false, label, payload = [] }: ChartTipProps) {
  if (!active || label === undefined) return null;
  const values = new Map(payload.map(({ dataKey, value }) => [dataKey, value]));
  return (
    <div className="chart-tip">
      <strong>{placeText(label)}</strong>
      <dl>
        {series.map(({ name, colour }, index) => {
          const value = values.get(`s${index}`);
          if (typeof value !== 'number') return null;
          return (
            <div key={index}>
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
