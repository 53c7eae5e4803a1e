import { present } from '../clean-text.ts';
import { firstOf } from '../metadata/metadata.ts';
import type { FindMark, Mark } from './mark.ts';

/** Midjourney: a description that ends with the number of the job, `… --v 6 Job ID: 12345678-…`. */
export const midjourney: FindMark = (metadata) => {
  const field = firstOf(
    metadata,
    ['png', 'Description'],
    ['xmp', 'description'],
    ['exif', 'ImageDescription'],
    ['iptc', 'Caption/Abstract'],
  );
  const text = field?.text.slice(0, 2 ** 14);
  const job = text?.search(/Job ID: [0-9a-f]{8}-[0-9a-f]{4}-/i) ?? -1;
  if (field === undefined || text === undefined || job < 0) return undefined;
  const prompt = text.slice(0, job).trim();
  return present<Mark>({
    generator: 'Midjourney',
    place: field.place,
    model: /--(?:v|version|niji) ([\d.]{1,8})/.exec(prompt)?.[0].slice(2),
    seed: /--seed (\d{1,20})/.exec(prompt)?.[1],
    prompt: prompt || undefined,
  });
};
