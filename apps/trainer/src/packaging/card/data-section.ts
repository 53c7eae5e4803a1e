import type { CardContext, CardSection } from './card-section.ts';
import { classesShown, paragraphs, table } from './markdown.ts';

/** Where the data comes from, and how many examples of each label are in each part. */
export const dataSection: CardSection = ({ manifest, card }) => {
  const { name, digest } = manifest.provenance.dataset;
  return paragraphs(
    '## Data',
    card.data,
    `Set \`${name}\`, sha256 over its files \`${digest}\`. ` +
      'The parts were made by the content of the files before anything was tuned; equal files are in one part.',
    countTable(manifest),
  );
};

function countTable({ labels, provenance }: CardContext['manifest']): string {
  const { counts } = provenance.dataset;
  const names = Object.keys(counts);
  const total = (name: string) => Object.values(counts[name] ?? {}).reduce((sum, count) => sum + count, 0);
  const rows =
    labels.length <= classesShown
      ? labels.map((label) => [label, ...names.map((name) => counts[name]?.[label] ?? 0)])
      : [];
  return table(['', ...names], [...rows, ['**all**', ...names.map(total)]]);
}
