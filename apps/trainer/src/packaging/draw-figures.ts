import { type EpochRecord, metricsFile } from '@assay/training-runs';
import { lineChart } from '../charts/line-chart.ts';
import { heatTable } from '../charts/heat-table.ts';
import { reliabilityDiagram } from '../charts/reliability-diagram.ts';
import type { ModelEvaluation } from '@assay/schema';
import type { RunFolder } from '../run/run-folder.ts';

/** More cells than this make a picture that is large and cannot be read. */
const classesInPicture = 30;

/** An epoch, as far as it is drawn. */
type EpochFigures = Pick<EpochRecord, 'epoch' | 'loss' | 'validation'>;

/** What a run wrote about its epochs; none where it ended before the first. */
export async function readEpochs(run: Pick<RunFolder, 'read'>): Promise<EpochFigures[]> {
  const text = await run.read(metricsFile).catch(() => '');
  return text
    .toString()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as EpochFigures);
}

/** Pictures of a card, SVG by their path in the package. */
export type Figures = Readonly<Record<string, string>>;

/** What stands in a package beside the card that shows it. */
export async function drawFigures(
  evaluation: ModelEvaluation,
  parts: { labels: readonly string[]; epochs?: readonly EpochFigures[] },
): Promise<Figures> {
  const { labels, epochs = [] } = parts;
  const figures: Record<string, string> = {
    'figures/reliability.svg': await reliabilityDiagram(evaluation.reliability),
    'figures/risk-coverage.svg': await riskCoverageChart(evaluation),
  };
  if (labels.length <= classesInPicture)
    figures['figures/confusion.svg'] = await heatTable({
      title: 'Confusion',
      rows: { title: 'true', labels },
      columns: { title: 'answered', labels },
      values: evaluation.confusion,
      colour: 'row-share',
    });
  if (epochs.length > 1) figures['figures/learning-curve.svg'] = await learningCurve(epochs);
  return figures;
}

function riskCoverageChart({ riskCoverage }: ModelEvaluation): Promise<string> {
  return lineChart({
    title: 'Risk and coverage',
    x: { title: 'share of the inputs that is answered', domain: [0, 1] },
    y: { title: 'share of the answers that is wrong', zero: true },
    series: [{ name: 'risk', points: riskCoverage.map(({ coverage, risk }) => ({ x: coverage, y: risk })) }],
  });
}

function learningCurve(epochs: readonly EpochFigures[]): Promise<string> {
  const looked = epochs.filter(({ validation }) => validation?.logLoss !== undefined);
  return lineChart({
    title: 'Loss by epoch',
    x: { title: 'epoch' },
    y: { title: 'loss' },
    series: [
      { name: 'training', points: epochs.map(({ epoch, loss }) => ({ x: epoch, y: loss })) },
      {
        name: 'validation',
        points: looked.map(({ epoch, validation }) => ({ x: epoch, y: validation!.logLoss! })),
      },
    ],
  });
}
