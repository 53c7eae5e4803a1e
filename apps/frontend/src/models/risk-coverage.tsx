import type { ModelDetails } from '../api/types.ts';
import { LineChart } from '../charts/charts.tsx';
import { Figure } from '../design/figure.tsx';
import { percent } from '../design/format.ts';
import { exactPercent } from './figure-text.ts';

export interface RiskCoverageProps {
  readonly evaluation: NonNullable<ModelDetails['evaluation']>;
  /** Below it answers are `uncertain`. */
  readonly minimumConfidence: number;
}

/** How much less it errs when it may keep silent. */
export function RiskCoverage({ evaluation: { riskCoverage }, minimumConfidence }: RiskCoverageProps) {
  const chosen = riskCoverage.findLast(({ threshold }) => threshold >= minimumConfidence);
  return (
    <Figure
      title="What keeping silent is worth"
      note={
        chosen === undefined
          ? 'The fewer inputs it has to answer, the surest first, the fewer answers are wrong.'
          : `Answering from ${percent(minimumConfidence)} confidence on it answers ${exactPercent(chosen.coverage)} of the inputs and errs in ${exactPercent(chosen.risk)} of these.`
      }
      table={{
        columns: ['Confidence from', 'Answered', 'Wrong among these'],
        rows: () => riskCoverage.map(({ threshold, coverage, risk }) => [
          exactPercent(threshold),
          exactPercent(coverage),
          exactPercent(risk),
        ]),
      }}
    >
      <LineChart
        label="Share of wrong answers by share of inputs answered"
        places={riskCoverage.map(({ coverage }) => coverage)}
        placeDomain={[0, 1]}
        domain={[0, 'auto']}
        {...(chosen === undefined ? {} : { mark: { place: chosen.coverage, text: 'chosen' } })}
        placeText={(place) => `${percent(Number(place))} answered`}
        tickText={(place) => `${Math.round(Number(place) * 100)} %`}
        format={percent}
        series={[{ name: 'wrong', colour: 'var(--data-2)', values: riskCoverage.map(({ risk }) => risk) }]}
      />
    </Figure>
  );
}
