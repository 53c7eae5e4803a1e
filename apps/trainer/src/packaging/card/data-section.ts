import type { CardContext, FactsSection } from './card-section.ts';
import { classesShown, paragraphs, table } from './markdown.ts';

/** Where the data comes from, and how many examples of each label are in each part. */
export const dataSection: FactsSection = ({ manifest, card }) => {
  const { labels, provenance } = manifest;
  if (provenance.kind === 'imported') {
    const { samples } = provenance;
    const isLabelled = samples !== undefined && Object.keys(samples.counts).length > 0;
    return paragraphs(
      '## Data',
      'The model was trained elsewhere. The file that was imported does not say on what.',
      card.data,
      isLabelled
        ? `Labelled samples \`${samples.name}\`, sha256 over their files \`${samples.digest}\`: the ranges of INT8 and the scope gate were ` +
            'fitted on the part "train", calibration and limits were chosen on "validation", the figures and the reference profile are of "test".'
        : 'No labelled samples were given: nothing here was measured, and the probabilities are as the model gives them.',
      samples && !isLabelled
        ? `The reference profile is of samples without labels, \`${samples.name}\`, sha256 over their files \`${samples.digest}\`.`
        : '',
      isLabelled ? countTable(labels, samples.counts) : '',
    );
  }
  const { name, digest, counts } = provenance.dataset;
  return paragraphs(
    '## Data',
    card.data,
    `Set \`${name}\`, sha256 over its files \`${digest}\`. ` +
      'The parts were made by the content of the files before anything was tuned; equal files are in one part.',
    countTable(labels, counts),
    manifest.referenceProfile === undefined
      ? ''
      : `What the test part and the answers to it are like is in \`${manifest.referenceProfile}\`${manifest.referenceSample === undefined ? '' : ` and \`${manifest.referenceSample}\``}, for what comes later to be held against.`,
  );
};

function countTable(
  labels: CardContext['manifest']['labels'],
  counts: Readonly<Record<string, Readonly<Record<string, number>>>>,
): string {
  const names = Object.keys(counts);
  const total = (name: string) => Object.values(counts[name] ?? {}).reduce((sum, count) => sum + count, 0);
  const rows =
    labels.length <= classesShown
      ? labels.map((label) => [label, ...names.map((name) => counts[name]?.[label] ?? 0)])
      : [];
  return table(['', ...names], [...rows, ['**all**', ...names.map(total)]]);
}
