import type { CardSection } from './card-section.ts';
import { bullets, paragraphs } from './markdown.ts';

/** How to make this package again. */
export const provenanceSection: CardSection = ({ manifest: { provenance } }) =>
  paragraphs(
    '## How it was made',
    bullets([
      `Command: \`${provenance.command}\``,
      `Seed ${provenance.seed}; ${Math.round(provenance.durationSeconds)} s of training; begun ${provenance.startedAt}`,
      ...(provenance.gitCommit === undefined ? [] : [`Commit \`${provenance.gitCommit}\``]),
      'The resolved configuration is in `manifest.json`.',
    ]),
  );
