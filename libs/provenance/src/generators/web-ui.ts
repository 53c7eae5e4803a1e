import { present } from '../clean-text.ts';
import { firstOf } from '../metadata/metadata.ts';
import type { FindMark, Mark } from './mark.ts';

/** Text that is looked at; prompts of more are cut. */
const LENGTH = 2 ** 16;

/**
 * The "infotext" of the Stable Diffusion web UIs (AUTOMATIC1111, Forge, SD.Next, Fooocus, and sites that follow them): the prompt, a line
 * `Negative prompt: …`, and a line of settings that begins with `Steps: …`. PNG text `parameters`, or EXIF UserComment.
 */
export const webUi: FindMark = (metadata) => {
  const field = firstOf(
    metadata,
    ['png', 'parameters'],
    ['exif', 'UserComment'],
    ['exif', 'ImageDescription'],
  );
  const text = field?.text.slice(0, LENGTH);
  const at = text?.search(/(^|\n)Steps: \d/) ?? -1;
  if (field === undefined || text === undefined || at < 0) return undefined;
  const settings = settingsIn(text.slice(at).trim());
  const [prompt = '', negativePrompt] = text.slice(0, at).split(/(?:^|\n)Negative prompt: ?/);
  const named = (name: string) => settings.find((setting) => setting.name === name)?.value;
  return present<Mark>({
    generator: nameOf(named('Version'), metadata.groups.png.has('fooocus_scheme')),
    place: field.place,
    model: named('Model'),
    seed: named('Seed'),
    prompt: prompt.trim() || undefined,
    negativePrompt: negativePrompt?.trim(),
    settings: settings.filter(({ name }) => name !== 'Model' && name !== 'Seed'),
  });
};

/** `Steps: 20, Sampler: Euler a, Lora hashes: "a: 1, b: 2", …`; a value in quotation marks may hold commas. */
function settingsIn(line: string): { name: string; value: string }[] {
  const pairs = line.matchAll(/(?:^|, |\n)([A-Za-z][\w /-]{0,40}): ("[^"]{0,2000}"|[^,\n]{0,2000})/g);
  return Array.from(pairs, ([, name = '', value = '']) => ({ name, value: value.replace(/^"|"$/g, '') }));
}

function nameOf(version: string | undefined, isFooocus: boolean): string {
  if (isFooocus || version?.startsWith('Fooocus') === true) return 'Fooocus';
  if (version?.startsWith('ComfyUI') === true) return 'ComfyUI';
  return version?.startsWith('f') === true ? 'Stable Diffusion web UI Forge' : 'Stable Diffusion web UI';
}
