import { LineChart } from '../../charts/charts.tsx';
import type { Series } from '../../charts/series.ts';
import { Figure } from '../../design/figure.tsx';
import { number } from '../../design/format.ts';

export interface CurveFigureProps {
  readonly title: string;
  readonly epochs: readonly number[];
  readonly series: readonly Series[];
  /** The best epoch, where one is marked. */
  readonly best?: number | undefined;
  format?(value: number): string;
}

/** How something went, epoch by epoch. */
export function CurveFigure({ title, epochs, series, best, format = number }: CurveFigureProps) {
  return (
    <Figure
      title={title}
      table={{
        columns: ['Epoch', ...series.map(({ name }) => name)],
        rows: () => epochs.map((epoch, at) => [
          epoch,
          ...series.map(({ values }) => {
            const value = values[at];
            return value == null ? '–' : format(value);
          }),
        ]),
      }}
    >
      <LineChart
        label={`${title} by epoch`}
        places={epochs}
        placeText={(place) => `epoch ${place}`}
        tickText={String}
        format={format}
        series={series}
        {...(best === undefined ? {} : { mark: { place: best, text: 'best' } })}
      />
    </Figure>
  );
}
