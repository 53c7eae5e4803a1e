import { LineChart } from '../../charts/charts.tsx';
import { colourAt } from '../../charts/series.ts';
import { Card } from '../../design/card.tsx';
import { Figure } from '../../design/figure.tsx';
import { number, percent } from '../../design/format.ts';
import type { DriftReport } from '../watch-types.ts';
import { featureWords } from './feature-words.ts';

/** Lines that can be told apart. */
const SHOWN = 5;

/** When within the window it began. */
export function TimelineFigure({ report: { timeline } }: { readonly report: DriftReport }) {
  const features = [...new Set(timeline.flatMap(({ effects }) => Object.keys(effects)))].slice(0, SHOWN);
  const text = (place: string | number) =>
    new Date(Number(place)).toLocaleString(undefined, {
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
    });
  return (
    <Card>
      <Figure
        title="When it began"
        note="Effects over the window, in units of what counts as drift."
        table={{
          columns: ['From', 'Records', ...features.map(featureWords), 'Mean confidence', 'Refused', 'Failed'],
          rows: () =>
            timeline.map(({ from, records, effects, meanConfidence, refused, failed }) => [
              text(Date.parse(from)),
              records,
              ...features.map((feature) => (effects[feature] == null ? '–' : number(effects[feature]))),
              meanConfidence === null ? '–' : percent(meanConfidence),
              refused,
              failed,
            ]),
        }}
      >
        <LineChart
          label="Effects over the window"
          places={timeline.map(({ from }) => Date.parse(from))}
          isTime
          domain={[0, 'auto']}
          hasDots
          placeText={text}
          format={number}
          mark={{ value: 1, text: 'counts as drift' }}
          series={features.map((feature, at) => ({
            name: featureWords(feature),
            colour: colourAt(at),
            values: timeline.map(({ effects }) => effects[feature] ?? null),
          }))}
        />
      </Figure>
    </Card>
  );
}
