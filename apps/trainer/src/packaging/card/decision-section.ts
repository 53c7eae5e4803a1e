import type { Gate } from '../gate.ts';
import type { CardSection } from './card-section.ts';
import { fixed, paragraphs, percent, picture } from './markdown.ts';

/** When the model says `uncertain` or `out-of-scope` in place of a label. */
export const decisionSection: CardSection = ({ manifest, assessment: { band, answers, gate }, figures }) => {
  const shown = band.reached
    ? 'On the validation part the answers above it were right as often as was asked for'
    : 'No limit reached the accuracy that was asked for on the validation part; this is the best that was found';
  return paragraphs(
    '## When it does not answer',
    `An answer whose highest probability is below ${fixed(manifest.decision.minimumConfidence)} is \`uncertain\`. ${shown} ` +
      `(${percent(band.accuracy)} right, ${percent(band.coverage)} of the inputs answered).`,
    gate
      ? `${gateRule(gate)} is \`out-of-scope\`; the limit keeps ${percent(gate.coverage)} of the validation part.`
      : '',
    `On the test part ${percent(answers.coverage)} of the inputs got an answer, and ${percent(answers.accuracy)} of those ` +
      `were right; ${percent(answers.insideScope)} were in scope.`,
    picture(
      figures,
      'figures/risk-coverage.svg',
      'Risk–coverage curve: share answered across, share wrong up',
    ),
  );
};

function gateRule({ method, threshold }: Gate): string {
  return method === 'mahalanobis'
    ? `An input whose squared Mahalanobis distance from the training data is above ${fixed(threshold, 1)}`
    : 'A small network beside the model was trained to tell training images from the same ones turned, shuffled or cut. An input that it ' +
        `takes for a whole one with a probability below ${percent(Math.exp(-threshold))} (distance ${fixed(threshold, 2)})`;
}
