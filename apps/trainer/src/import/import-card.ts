import type { ModelManifest } from '@assay/schema';
import type { FactsSection } from '../packaging/card/card-section.ts';
import { dataSection } from '../packaging/card/data-section.ts';
import { intendedUseSection } from '../packaging/card/intended-use-section.ts';
import { paragraphs } from '../packaging/card/markdown.ts';
import { provenanceSection } from '../packaging/card/provenance-section.ts';
import { titleSection } from '../packaging/card/title-section.ts';

/** What is known of every imported model. */
const sections: readonly FactsSection[] = [titleSection, intendedUseSection, dataSection, provenanceSection];

/** The card of a model that was trained elsewhere: what is known of it, and what is not. */
export function importCard({ manifest }: { manifest: Omit<ModelManifest, 'files'> }): string {
  const card = {
    data: '',
    intendedUse: 'What it was made for is for those to say who trained it.',
    notFor: [],
  };
  return `${paragraphs(...sections.map((section) => section({ manifest, card })))}\n`;
}
