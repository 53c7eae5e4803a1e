import type { ModelManifest } from '@assay/schema';
import type { TrainingConfig } from '../../config/training-config.ts';
import type { Assessment } from '../assess.ts';
import type { Figures } from '../draw-figures.ts';

/** What the sections of a card are written from. */
export interface CardContext {
  /** All but the list of files, which the card is one of. */
  manifest: Omit<ModelManifest, 'files'>;
  /** That of the package, see `@assay/model-registry`. */
  modelDigest: string;
  /** Pictures that lie beside the card. */
  figures: Figures;
  assessment: Assessment;
  /** What only people can know. */
  card: TrainingConfig['card'];
}

/** A part of `MODEL_CARD.md`: Markdown that begins with its heading, or `''` where there is nothing to say. */
export type CardSection = (context: CardContext) => string;

/** A section that needs no figures: what imported models have as well. */
export type FactsSection = (context: Omit<CardContext, 'assessment' | 'modelDigest' | 'figures'>) => string;
