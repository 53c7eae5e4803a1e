/**
 * Whether a feature may be judged in a slice. What defines the slice is no news of it: all PNG files are PNG files, and have no JPEG
 * quality. What a model predicted changes everything it computed, and the inputs with it.
 */
export function isJudged(dimension: string, feature: string): boolean {
  switch (dimension) {
    case 'format':
      return !['image.format', 'image.jpegQuality', 'image.bytes'].includes(feature);
    case 'size':
      return !['image.width', 'image.height', 'image.aspect', 'image.area', 'image.bytes'].includes(feature);
    case 'prediction':
      return feature !== 'prediction' && !feature.startsWith('score.');
    default:
      return true;
  }
}
