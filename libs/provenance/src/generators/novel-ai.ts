import { present } from '../clean-text.ts';
import { fieldOf } from '../metadata/metadata.ts';
import { parseObject, settingsOf, textIn, type FindMark, type Mark } from './mark.ts';

/** NovelAI: PNG texts `Software`, `Source` (the model), `Description` (the prompt) and `Comment` (settings as JSON). */
export const novelAi: FindMark = (metadata) => {
  const software = fieldOf(metadata, 'png', 'Software');
  if (software?.text !== 'NovelAI') return undefined;
  const settings = parseObject(fieldOf(metadata, 'png', 'Comment')?.text) ?? {};
  return present<Mark>({
    generator: 'NovelAI',
    place: software.place,
    model: fieldOf(metadata, 'png', 'Source')?.text,
    prompt: fieldOf(metadata, 'png', 'Description')?.text ?? textIn(settings.prompt),
    negativePrompt: textIn(settings.uc),
    seed: textIn(settings.seed),
    settings: settingsOf(settings, 'steps', 'scale', 'sampler'),
  });
};
