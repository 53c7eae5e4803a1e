import { present } from '../clean-text.ts';
import { firstOf } from '../metadata/metadata.ts';
import { objectOf, parseObject, settingsOf, textIn, type FindMark, type Mark } from './mark.ts';

/** InvokeAI: JSON in the PNG text `invokeai_metadata`; earlier `sd-metadata`, with the settings under `image`. */
export const invokeAi: FindMark = (metadata) => {
  const field = firstOf(
    metadata,
    ['png', 'invokeai_metadata'],
    ['png', 'sd-metadata'],
    ['png', 'invokeai_graph'],
    ['png', 'invokeai_workflow'],
  );
  if (field === undefined) return undefined;
  const values = parseObject(field.text) ?? {};
  const image = objectOf(values.image) ?? values;
  const model = objectOf(values.model);
  return present<Mark>({
    generator: 'InvokeAI',
    place: field.place,
    model: textIn(model?.name) ?? textIn(model?.model_name) ?? textIn(values.model_weights),
    prompt: textIn(values.positive_prompt) ?? textIn(image.prompt),
    negativePrompt: textIn(values.negative_prompt),
    seed: textIn(values.seed) ?? textIn(image.seed),
    settings: settingsOf(image, 'steps', 'cfg_scale', 'scheduler', 'sampler'),
  });
};
