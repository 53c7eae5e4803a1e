import { decodeImage, measureImage } from '@assay/preprocessing';
import type { PreprocessingSpec } from '@assay/schema';
import { forEachConcurrently } from './concurrently.ts';
import type { LabelledInput } from './labelled-input.ts';

/** What can be said of an input before a model sees it: properties of an image (`ImageProperties`), values of a row. */
export type InputFacts = Readonly<Record<string, string | number | undefined>>;

/**
 * Decodes and measures each input as a service does.
 *
 * @throws AssayError as `decodeImage`
 */
export async function measureInputs(
  inputs: readonly Pick<LabelledInput, 'read'>[],
  preprocessing: PreprocessingSpec,
): Promise<InputFacts[]> {
  const facts = new Array<InputFacts>(inputs.length).fill({});
  await forEachConcurrently(inputs, async ({ read }, index) => {
    const input = await read();
    if ('features' in input) facts[index] = input.features;
    else if (preprocessing.kind === 'image')
      facts[index] = { ...measureImage(await decodeImage(input.bytes, { spec: preprocessing })) };
  });
  return facts;
}
