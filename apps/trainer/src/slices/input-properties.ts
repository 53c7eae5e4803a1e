import { decodeImage, measureImage } from '@assay/preprocessing';
import { AssayError, type ImageProperties, type PreprocessingSpec } from '@assay/schema';
import { forEachConcurrently } from '../data/concurrently.ts';
import type { LabelledInput } from '../data/labelled-input.ts';
import type { SlicedProperty } from './measure-slices.ts';

/** What images are sliced by unless asked otherwise. */
export const defaultImageSlices = ['size', 'format', 'brightness', 'sharpness'];

const imageProperty: Record<string, (image: ImageProperties) => string | number | undefined> = {
  size: (image) => image.area,
  format: (image) => image.format,
  brightness: (image) => image.brightness,
  contrast: (image) => image.contrast,
  sharpness: (image) => image.sharpness,
  saturation: (image) => image.saturation,
  jpegQuality: (image) => image.jpegQuality,
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

/** The values of these properties for each input. */
export async function inputProperties(
  inputs: readonly LabelledInput[],
  names: readonly string[],
  preprocessing: PreprocessingSpec,
): Promise<SlicedProperty[]> {
  checkSlices(names, preprocessing);
  const columns = names.map((name) => ({
    name,
    values: new Array<string | number | undefined>(inputs.length).fill(undefined),
  }));
  if (names.length === 0) return columns;
  await forEachConcurrently(inputs, async ({ read }, index) => {
    const input = await read();
    if ('features' in input) {
      for (const { name, values } of columns) values[index] = input.features[name];
    } else if (preprocessing.kind === 'image') {
      const image = measureImage(await decodeImage(input.bytes, { spec: preprocessing }));
      for (const { name, values } of columns) values[index] = imageProperty[name]?.(image);
    }
  });
  return columns;
}
