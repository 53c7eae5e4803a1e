import { NameText } from '../design/name-text.tsx';
import type { Series } from './series.ts';

/** Which colour is what. */
export function Legend({
  series,
}: {
  readonly series: readonly Pick<Series, 'name' | 'colour' | 'isDashed'>[];
}) {
  return (
    <ul className="chart-legend">
      {series.map(({ name, colour, isDashed = false }, index) => (
        <li key={index}>
          <span
            className={isDashed ? 'chart-key chart-key-dashed' : 'chart-key'}
            style={isDashed ? { borderColor: colour } : { background: colour }}
          />
          <NameText>{name}</NameText>
        </li>
      ))}
    </ul>
  );
}
