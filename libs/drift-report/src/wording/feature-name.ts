import { groupOf } from '../judge/feature-groups.ts';
import { clip } from './clean-text.ts';

/** A feature as people call it. */
export interface FeatureName {
  /** As a heading has it. */
  title: string;
  /** What its values are measured in. */
  unit?: string;
}

const KNOWN = new Map<string, readonly [title: string, unit?: string]>([
  ['image.width', ['Width', 'pixels']],
  ['image.height', ['Height', 'pixels']],
  ['image.aspect', ['Aspect ratio', 'height ÷ width']],
  ['image.area', ['Area', 'pixels']],
  ['image.bytes', ['File size', 'bytes']],
  ['image.format', ['File format']],
  ['image.brightness', ['Brightness', 'mean luma, 0–255']],
  ['image.contrast', ['Contrast', 'σ of the luma, 0–255']],
  ['image.sharpness', ['Sharpness', 'variance of the Laplacian']],
  ['image.saturation', ['Saturation', 'mean, 0–1']],
  ['image.redShare', ['Share of red', '0–1']],
  ['image.greenShare', ['Share of green', '0–1']],
  ['image.blueShare', ['Share of blue', '0–1']],
  ['image.entropy', ['Richness of tones', 'bits']],
  ['image.jpegQuality', ['JPEG quality', '1–100']],
  ['confidence', ['Confidence', 'calibrated, 0–1']],
  ['margin', ['Margin', 'best less second score, 0–1']],
  ['entropy', ['Uncertainty', 'bits']],
  ['prediction', ['Predicted label']],
  ['scopeDistance', ['Distance from the training data', 'scope gate']],
  ['operation.refused', ['Share of refused requests']],
  ['operation.failed', ['Share of failed requests']],
  ['operation.latency', ['Latency', 'ln(1 + milliseconds)']],
]);

/** Brightness, Score of cat; features of a row keep the name that they came with. */
export function featureName(feature: string): FeatureName {
  const [title, unit] = KNOWN.get(feature) ?? [];
  if (title !== undefined) return unit === undefined ? { title } : { title, unit };
  const rest = feature.slice(feature.indexOf('.') + 1);
  switch (groupOf(feature)) {
    case 'score':
      return { title: clip(`Score of ${rest}`), unit: '0–1' };
    case 'embedding':
      return { title: clip(rest === feature ? 'Embedding' : `Embedding, direction ${rest}`) };
    case 'feature':
      return { title: clip(rest) };
    case 'image':
    case 'answer':
    case 'operation':
      return { title: clip(feature) };
  }
}

/** Name and unit, as they stand at an axis. */
export function axisTitle(feature: string): string {
  const { title, unit } = featureName(feature);
  return unit === undefined ? title : `${title} (${unit})`;
}

/** What a line of a report is about: the values of a feature, or whether there are any. */
export function aspectTitle({ feature, aspect }: { feature: string; aspect: 'values' | 'missing' }): string {
  const { title } = featureName(feature);
  return aspect === 'missing' ? `${title}: missing values` : title;
}
