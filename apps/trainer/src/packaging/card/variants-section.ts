import type { CardSection } from './card-section.ts';
import { fixed, paragraphs, table } from './markdown.ts';

/** Accuracy, time and size of each form of the model. */
export const variantsSection: CardSection = ({ assessment: { variants, models, served }, manifest }) => {
  const figure = (value: number | undefined, interval: readonly number[] | undefined) =>
    value === undefined
      ? ''
      : `${fixed(value)}${interval ? ` (${interval.map((end) => fixed(end)).join(' – ')})` : ''}`;
  const lines = Object.entries(variants).map(([name, variant]) => [
    name === served ? `**${name}** (answers requests)` : name,
    figure(variant.accuracy, variant.accuracyInterval),
    figure(variant.auroc, variant.aurocInterval),
    variant.latencyMs === undefined ? '' : `${fixed(variant.latencyMs, 2)} ms`,
    `${fixed((models[name as keyof typeof models]?.length ?? 0) / 1000, 0)} kB`,
  ]);
  const judged = manifest.positiveLabel === undefined ? 'accuracy' : 'accuracy, and of AUROC,';
  return paragraphs(
    '## Accuracy, time and size',
    table(['variant', 'accuracy', 'AUROC', 'one input, one thread', 'file'], lines),
    'Median time of the model alone, on the machine that packed it; `assay variants` measures it on another.',
    lines.length > 1
      ? `INT8 is served if it loses at most ${fixed(100 * manifest.accuracyBudget, 1)} points of ${judged} on the validation part.`
      : '',
  );
};
