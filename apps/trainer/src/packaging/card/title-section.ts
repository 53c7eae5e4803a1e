import type { FactsSection } from './card-section.ts';
import { listed, paragraphs } from './markdown.ts';

/** Name, description and labels. */
export const titleSection: FactsSection = ({ manifest }) => {
  const { name, version, description, labels, positiveLabel } = manifest;
  const positive = positiveLabel === undefined ? '' : `. \`probability\` speaks of **${positiveLabel}**`;
  return paragraphs(`# ${name} ${version}`, description, `Labels: ${listed(labels)}${positive}.`);
};
