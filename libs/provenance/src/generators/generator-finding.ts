import { MAX_EVIDENCE_ITEMS, type GeneratorFinding } from '@assay/schema';
import { cleanText, present, quoted } from '../clean-text.ts';
import type { Metadata } from '../metadata/metadata.ts';
import { aigcLabel } from './aigc-label.ts';
import { comfyUi } from './comfy-ui.ts';
import { invokeAi } from './invoke-ai.ts';
import type { FindMark } from './mark.ts';
import { midjourney } from './midjourney.ts';
import { namedGenerator } from './named-generator.ts';
import { novelAi } from './novel-ai.ts';
import { webUi } from './web-ui.ts';

/** Marks with settings first: they say more than a name. */
const marks: readonly FindMark[] = [invokeAi, comfyUi, webUi, novelAi, midjourney, aigcLabel, namedGenerator];

/** The mark of an image generator, where the file has one. */
export function generatorFinding(metadata: Metadata): GeneratorFinding | undefined {
  for (const find of marks) {
    const mark = find(metadata);
    if (mark === undefined) continue;
    const { generator, place, origin = 'ai-generated', settings = [] } = mark;
    const what = origin === 'ai-edited' ? 'was edited with' : 'was made by';
    return present<GeneratorFinding>({
      kind: 'generator',
      grade: 'declared',
      origin,
      statement: `The file says that it ${what} ${quoted(generator)}; anybody can write or remove that.`,
      generator: cleanText(generator) ?? 'unknown',
      place: cleanText(place) ?? 'unknown',
      model: cleanText(mark.model),
      prompt: cleanText(mark.prompt),
      negativePrompt: cleanText(mark.negativePrompt),
      seed: cleanText(mark.seed),
      settings: settings.slice(0, MAX_EVIDENCE_ITEMS).flatMap(({ name, value }) => {
        const setting = { name: cleanText(name), value: cleanText(value) };
        return setting.name === undefined || setting.value === undefined
          ? []
          : [{ name: setting.name, value: setting.value }];
      }),
    });
  }
  return undefined;
}
