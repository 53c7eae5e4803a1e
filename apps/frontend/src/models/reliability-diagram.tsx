import type { ModelDetails } from '../api/types.ts';
import { LineChart } from '../charts/charts.tsx';
import { Figure } from '../design/figure.tsx';
import { percent } from '../design/format.ts';
import { exactPercent } from './figure-text.ts';

/** How often answers of a given confidence were right. */
export function ReliabilityDiagram({ evaluation }: { readonly evaluation: NonNullable<ModelDetails['evaluation']> }) {
  const bins = evaluation.reliability.filter(({ count }) => count > 0);
  const { expectedCalibrationError: found, expectedCalibrationErrorIfPerfect: perfect } = evaluation.metrics;
  return (
    <Figure
      title="Do its probabilities hold?"
      note={
        found !== undefined && (
          <>
            On the dashed line a confidence of 80 % is right in 80 of 100 cases. Calibration error{' '}
            {exactPercent(found.value)}
            {perfect !== undefined &&
              `; a perfectly calibrated model would show ${exactPercent(perfect.value)} on so few inputs by chance`}
            .
          </>
        )
      }
      table={{
        columns: ['Confidence', 'Inputs', 'Mean confidence', 'Right'],
        rows: () => bins.map(({ from, to, count, confidence, accuracy }) => [
          `${percent(from)} – ${percent(to)}`,
          count,
          exactPercent(confidence),
          exactPercent(accuracy),
        ]),
      }}
    >
      <LineChart
        label="Share that was right by confidence"
        places={bins.map(({ confidence }) => confidence)}
        placeDomain={[Math.floor(Math.min(1, ...bins.map(({ confidence }) => confidence)) * 10) / 10, 1]}
        domain={[0, 1]}
        hasDots
        placeText={(place) => `${percent(Number(place))} confident`}
        tickText={(place) => `${Math.round(Number(place) * 100)} %`}
        format={percent}
        series={[
          { name: 'right', colour: 'var(--data-1)', values: bins.map(({ accuracy }) => accuracy) },
          {
            name: 'as confident as right',
            colour: 'var(--data-6)',
            isDashed: true,
            values: bins.map(({ confidence }) => confidence),
          },
        ]}
      />
    </Figure>
  );
}
