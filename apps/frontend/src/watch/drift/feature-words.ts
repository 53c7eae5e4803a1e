import { words } from '../../design/format.ts';

const KNOWN: Readonly<Record<string, string>> = {
  'image.width': 'Width',
  'image.height': 'Height',
  'image.aspect': 'Height over width',
  'image.area': 'Area, pixels',
  'image.bytes': 'File size',
  'image.format': 'File format',
  'image.brightness': 'Brightness',
  'image.contrast': 'Contrast',
  'image.sharpness': 'Sharpness',
  'image.saturation': 'Saturation',
  'image.redShare': 'Share of red',
  'image.greenShare': 'Share of green',
  'image.blueShare': 'Share of blue',
  'image.entropy': 'Richness of tones',
  'image.jpegQuality': 'JPEG quality',
  confidence: 'Confidence',
  margin: 'Margin to the second label',
  entropy: 'Uncertainty, bits',
  prediction: 'Predicted label',
  scopeDistance: 'Distance from the training data',
  'operation.refused': 'Share of refused requests',
  'operation.failed': 'Share of failed requests',
  'operation.latency': 'Latency',
};

/** A feature as people call it: `image.brightness` → `Brightness`, `score.cat` → `Score of cat`. */
export function featureWords(feature: string): string {
  if (Object.hasOwn(KNOWN, feature)) return KNOWN[feature]!;
  const dot = feature.indexOf('.');
  const [group, rest] = [feature.slice(0, Math.max(0, dot)), feature.slice(dot + 1)];
  if (group === 'score') return `Score of ${words(rest)}`;
  if (group === 'embedding') return `Embedding, direction ${rest}`;
  return group === 'feature' ? words(rest) : words(feature);
}

/** The aspect of a feature that was compared, in words. */
export function aspectWords(feature: string, aspect: 'values' | 'missing'): string {
  return aspect === 'values' ? featureWords(feature) : `${featureWords(feature)}: whether there is any`;
}
