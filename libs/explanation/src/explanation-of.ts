import type { Explanation } from '@assay/schema';
import type { Explained } from './question.ts';
import { describeMap } from './heat-map.ts';
import { overlayPng } from './overlay.ts';

/** An explanation as it is answered: the map with a picture to lay over the photo, or the contributions. */
export async function explanationOf({ result, map, contributions }: Explained): Promise<Explanation> {
  if (map === undefined) return contributions;
  const signed = map.against !== undefined;
  const png = await overlayPng(map.map, { signed, photo: result.image! });
  return { ...describeMap(map), overlay: `data:image/png;base64,${Buffer.from(png).toString('base64')}` };
}
