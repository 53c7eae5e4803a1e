import { fieldOf, type Metadata, type MetadataGroup } from '../metadata/metadata.ts';
import type { FindMark } from './mark.ts';

/** Names that nothing but a generator of images bears. */
const names: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['Midjourney', /midjourney/i],
  ['DALL·E', /dall[·.\-\s]?e\b/i],
  ['ChatGPT', /chatgpt/i],
  ['OpenAI', /openai/i],
  ['Adobe Firefly', /firefly/i],
  ['Google AI', /(made|created|generated) with google ai/i],
  ['Imagen', /\bimagen\b/i],
  ['Stable Diffusion', /stable[ _-]?diffusion/i],
  ['FLUX', /\bflux\.1|black forest labs/i],
  ['ComfyUI', /comfyui/i],
  ['InvokeAI', /invoke ?ai/i],
  ['NovelAI', /novelai/i],
  ['Draw Things', /draw things/i],
  ['Fooocus', /fooocus/i],
  ['DreamStudio', /dreamstudio/i],
  ['Leonardo.Ai', /leonardo\.ai/i],
  ['Ideogram', /ideogram/i],
  ['Bing Image Creator', /bing image creator/i],
  ['NightCafe', /nightcafe/i],
  ['Craiyon', /craiyon/i],
];

/** Tags that name a program or a service; descriptions and captions name other things as well. */
const places: readonly (readonly [MetadataGroup, string])[] = [
  ['exif', 'Software'],
  ['exif', 'ProcessingSoftware'],
  ['exif', 'Make'],
  ['png', 'Software'],
  ['png', 'Source'],
  ['xmp', 'CreatorTool'],
  ['xmp', 'Credit'],
  ['iptc', 'Credit'],
  ['iptc', 'Originating Program'],
];

/** The generator that a name belongs to. */
export function generatorNamed(text: string): string | undefined {
  const start = text.slice(0, 500);
  return names.find(([, pattern]) => pattern.test(start))?.[0];
}

/** A generator named where files name their program. */
export const namedGenerator: FindMark = (metadata: Metadata) => {
  for (const [group, tag] of places) {
    const field = fieldOf(metadata, group, tag);
    const isEdit = field !== undefined && /edited with google ai/i.test(field.text.slice(0, 500));
    const generator = field === undefined ? undefined : isEdit ? 'Google AI' : generatorNamed(field.text);
    if (field !== undefined && generator !== undefined)
      return { generator, place: field.place, origin: isEdit ? 'ai-edited' : 'ai-generated' };
  }
  return undefined;
};
