import type { FactsSection } from './card-section.ts';
import { bullets, paragraphs } from './markdown.ts';

/** What the model is for, and what it must not be used for. */
export const intendedUseSection: FactsSection = ({ card }) =>
  paragraphs(
    '## Use',
    card.intendedUse,
    ...(card.notFor.length > 0 ? ['It must not be used:', bullets(card.notFor)] : []),
  );
