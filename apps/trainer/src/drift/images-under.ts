import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { AssayError } from '@assay/schema';

const extensions = new Set(['.jpg', '.jpeg', '.png', '.webp', '.avif', '.gif', '.tif', '.tiff']);

/** Every image in a folder and those below it, in a fixed order. @throws AssayError `invalid-dataset` where there are none */
export async function imagesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch((cause: unknown) => {
    throw new AssayError('invalid-dataset', `Expected a folder of images; ${folder} cannot be read.`, {
      cause,
    });
  });
  const images = entries
    .filter((entry) => !entry.isDirectory() && extensions.has(extname(entry.name).toLowerCase()))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  if (images.length > 1) return images;
  throw new AssayError('invalid-dataset', `Expected a folder of images; ${folder} holds ${images.length}.`);
}
