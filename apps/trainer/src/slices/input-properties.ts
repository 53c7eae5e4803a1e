import { AssayError, type ImageProperties, type PreprocessingSpec } from '@assay/schema';
import type { InputFacts } from '../data/measure-inputs.ts';
import type { SlicedProperty } from './measure-slices.ts';

/** What images are sliced by unless asked otherwise. */
export const defaultImageSlices = ['size', 'format', 'brightness', 'sharpness'];

const imageProperty: Record<string, keyof ImageProperties> = {
  size: 'area',
  format: 'format',
  brightness: 'brightness',
  contrast: 'contrast',
  sharpness: 'sharpness',
  saturation: 'saturation',
  jpegQuality: 'jpegQuality',
};

/**
 * What the model can be sliced by: properties of images, columns of tables.
 *
 * @throws AssayError `invalid-configuration` for a name that is none of them.
 */
export function checkSlices(names: readonly string[], preprocessing: PreprocessingSpec): void {
  const known =
    preprocessing.kind === 'image'
      ? Object.keys(imageProperty)
      : preprocessing.features.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new AssayError(
      'invalid-configuration',
      `slices: ${unknown.map((name) => `"${name}"`).join(', ')} cannot be sliced by; there are: ${known.join(', ')}.`,
    );
}

/**
 * The values of these properties for each input.
 *
 * @throws AssayError as {@link checkSlices}
 */
export function inputProperties(
  facts: readonly InputFacts[],
  names: readonly string[],
  preprocessing: PreprocessingSpec,
): SlicedProperty[] {
  checkSlices(names, preprocessing);
  const keyOf = (name: string) => (preprocessing.kind === 'image' ? (imageProperty[name] ?? name) : name);
  return names.map((name) => ({ name, values: facts.map((one) => one[keyOf(name)]) }));
}
