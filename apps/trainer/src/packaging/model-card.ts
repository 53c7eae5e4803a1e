import { calibrationSection } from './card/calibration-section.ts';
import type { CardContext, CardSection } from './card/card-section.ts';
import { classesSection } from './card/classes-section.ts';
import { confusionSection } from './card/confusion-section.ts';
import { dataSection } from './card/data-section.ts';
import { decisionSection } from './card/decision-section.ts';
import { explanationsSection } from './card/explanations-section.ts';
import { figuresSection } from './card/figures-section.ts';
import { intendedUseSection } from './card/intended-use-section.ts';
import { paragraphs } from './card/markdown.ts';
import { provenanceSection } from './card/provenance-section.ts';
import { refitSection } from './card/refit-section.ts';
import { reproducibilitySection } from './card/reproducibility-section.ts';
import { robustnessSection } from './card/robustness-section.ts';
import { slicesSection } from './card/slices-section.ts';
import { titleSection } from './card/title-section.ts';
import { variantsSection } from './card/variants-section.ts';

/** The card from top to bottom; each section is a file in `card/`. */
const sections: readonly CardSection[] = [
  titleSection,
  intendedUseSection,
  dataSection,
  refitSection,
  figuresSection,
  classesSection,
  confusionSection,
  variantsSection,
  calibrationSection,
  decisionSection,
  robustnessSection,
  slicesSection,
  explanationsSection,
  provenanceSection,
  reproducibilitySection,
];

/** `MODEL_CARD.md`: what the model is, what it was made of, how good it is, and what it must not be used for. */
export function modelCard(context: CardContext): string {
  return `${paragraphs(...sections.map((section) => section(context)))}\n`;
}
