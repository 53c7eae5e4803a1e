import type { ExplanationFigures, FeatureImportance } from '@assay/schema';
import type { FactsSection } from './card-section.ts';
import { paragraphs, percent, points, table, withInterval } from './markdown.ts';

/** How answers are explained, and how far that can be believed. */
export const explanationsSection: FactsSection = ({ manifest: { explanation } }) => {
  const { method, figures, importance } = explanation;
  const text = methods[method];
  if (text === undefined) return '';
  return paragraphs(
    '## Why it answers as it does',
    text,
    figures ? faithfulness(figures) : '',
    importance ? importanceTable(importance) : '',
  );
};

const methods: Readonly<Record<string, string | undefined>> = {
  cam: 'Class activation maps (Zhou et al. 2016): each place of the image gets the number that it adds to the logit, exactly; all places and the bias sum to it.',
  occlusion:
    'Occlusion (Zeiler & Fergus 2014): each place of the image gets what the probability falls by while it is hidden.',
  contributions:
    'Shapley values: what each feature adds to the probability, against the training means; they sum to the difference.',
};

function faithfulness({ images, deletion, insertion, patch }: ExplanationFigures): string {
  return paragraphs(
    `Measured on ${images} images of the test part. Deletion and insertion: area under the probability of the prediction while ` +
      'places are hidden, or shown, in the order of the map (Petsiuk et al. 2018). A faithful map has a smaller area of deletion and a larger one of insertion than a random order.',
    table(
      ['order of the places', 'deletion', 'insertion'],
      [
        ['the map', withInterval(deletion.map), withInterval(insertion.map)],
        ['random', withInterval(deletion.random), withInterval(insertion.random)],
      ],
    ),
    patch === undefined
      ? ''
      : `Where part of an image of another class was pasted in, ${withInterval(patch.inside)} of what speaks for that class lies ` +
          `inside it; by chance it would be ${percent(patch.area)}.`,
  );
}

function importanceTable(importance: readonly FeatureImportance[]): string {
  return paragraphs(
    'Importance: points of accuracy on the test part that are lost where the values of one feature are shuffled (Breiman 2001). Features that say the same can stand in for each other.',
    table(
      ['feature', 'accuracy lost'],
      importance.map(({ feature, accuracyLost }) => [feature, points(accuracyLost)]),
    ),
  );
}
