import type { RefitProvenance } from '@assay/schema';
import type { FactsSection } from './card-section.ts';
import { paragraphs } from './markdown.ts';

/** Which weights answer, and which the figures are of, where these are not the same. */
export const refitSection: FactsSection = ({ manifest: { provenance, variants } }) => {
  if (provenance.kind === 'imported' || provenance.refit === undefined) return '';
  const { parts, inputs, epochs } = provenance.refit;
  const trained = `trained anew by the same recipe, for ${epochs} epochs, on ${partNames(parts)} together, ${inputs} inputs`;
  const kept =
    'The temperature and the bias, the limits below which an answer is `uncertain` or `out-of-scope`, and which variant answers were ' +
    'chosen before that, by the validation part, and are kept.';
  const { accuracy } = variants.fp32;
  return paragraphs(
    '## Trained anew after it was measured',
    parts.includes('test')
      ? `Two sets of weights were trained. The first saw the part \`train\` alone: everything was chosen with them, and **all figures in this ` +
          `card are theirs**${accuracy === undefined ? '' : ` (float32: ${(100 * accuracy).toFixed(1)} % right on the test part)`}. ` +
          `The second, which answer requests, were ${trained}. No part is left that could ` +
          'measure them; more data of the same kind is expected to make them better, not worse.'
      : `The weights that answer requests were ${trained}, after everything had been chosen with weights that saw the part \`train\` alone. ` +
          'Neither saw the test part: all figures in this card are of the weights that answer.',
    kept,
    parts.includes('test')
      ? 'What the test part was answered is in `test-answers.json`, so that `assay compare` can hold other models against it.'
      : '',
  );
};

function partNames(parts: RefitProvenance['parts']): string {
  const names = parts.map((part) => `\`${part}\``);
  return [names.slice(0, -1).join(', '), ...names.slice(-1)].filter(Boolean).join(' and ');
}
