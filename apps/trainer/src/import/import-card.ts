import { calibrationSection } from '../packaging/card/calibration-section.ts';
import type { CardContext, CardSection, FactsSection } from '../packaging/card/card-section.ts';
import { classesSection } from '../packaging/card/classes-section.ts';
import { confusionSection } from '../packaging/card/confusion-section.ts';
import { dataSection } from '../packaging/card/data-section.ts';
import { decisionSection } from '../packaging/card/decision-section.ts';
import { figuresSection } from '../packaging/card/figures-section.ts';
import { intendedUseSection } from '../packaging/card/intended-use-section.ts';
import { paragraphs } from '../packaging/card/markdown.ts';
import { provenanceSection } from '../packaging/card/provenance-section.ts';
import { reproducibilitySection } from '../packaging/card/reproducibility-section.ts';
import { robustnessSection } from '../packaging/card/robustness-section.ts';
import { titleSection } from '../packaging/card/title-section.ts';
import { variantsSection } from '../packaging/card/variants-section.ts';

/** What is known of every imported model. */
const known: readonly FactsSection[] = [titleSection, intendedUseSection, dataSection, provenanceSection];

/** What labelled samples tell. */
const measured: readonly CardSection[] = [
  figuresSection,
  classesSection,
  confusionSection,
  variantsSection,
  calibrationSection,
  decisionSection,
  robustnessSection,
  reproducibilitySection,
];

const card = {
  data: '',
  intendedUse: 'What it was made for is for those to say who trained it.',
  notFor: [],
};

/** The card of a model that was trained elsewhere: what is known of it, and what is not. */
export function importCard(
  manifest: CardContext['manifest'],
  figures?: Omit<CardContext, 'manifest' | 'card'>,
): string {
  const facts = known.map((section) => section({ manifest, card }));
  const found = figures ? measured.map((section) => section({ manifest, card, ...figures })) : [];
  return `${paragraphs(...facts, ...found)}\n`;
}
