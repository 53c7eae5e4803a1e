import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { decodeImage, encodeImage, resizeImage } from '@assay/preprocessing';
import { AssayError, resizeSpec } from '@assay/schema';
import { openData } from '../data/archive.ts';
import { forEachConcurrently } from '../data/concurrently.ts';
import { refuseFaults } from '../data/dataset-error.ts';
import { digestSamples } from '../data/digest.ts';
import { readFolders } from '../data/read-folders.ts';
import { splitSamples } from '../data/split.ts';

export interface ShrinkRequest {
  /** Folder or `.tar.gz` archive with a folder of images per class. */
  source: string;
  /** Folder to make; must not exist yet. */
  target: string;
  /** Pixels of both sides of what is written; the image is stretched to it. */
  size: number;
  /** What classes are called in the target; others keep their names. */
  labels: Readonly<Record<string, string>>;
  /** Share of each class that becomes the test part, 0 to 1. */
  test: number;
  /** Another seed parts the data another way. */
  seed: number;
  /** Folder for unpacked archives, usually `.assay`. */
  state: string;
}

/** Of the files written: all alike, so that the codec tells nothing about the class. */
const jpegQuality = 95;

/**
 * Makes a smaller data set of an image data set: every image at one small size, parted once and for all, in the
 * layout `train/<label>/…`, `test/<label>/…`. Who is in which part depends on the seed and the content alone, and
 * equal files stay together.
 *
 * @returns how many images each part has
 * @throws AssayError `invalid-dataset` naming every file that cannot be read (nothing is written then), or where
 *   the target exists
 */
export async function shrinkData(request: ShrinkRequest): Promise<{ train: number; test: number }> {
  const { source, target, labels, seed } = request;
  if (existsSync(target))
    throw new AssayError('invalid-dataset', `${target} exists already; name a folder that does not.`);
  const root = await openData(source, request.state);
  const listing = await readFolders(root);
  const { samples, faults } = await digestSamples(listing.samples);
  const found = [...new Set(samples.map((sample) => sample.label))].sort();
  const unknown = Object.keys(labels).filter((label) => !found.includes(label));
  refuseFaults(root, [
    ...listing.faults,
    ...faults,
    ...unknown.map((label) => `there is no class "${label}" to rename; classes are: ${found.join(', ')}`),
  ]);
  const split = splitSamples(samples, { validation: 0, test: request.test, seed });

  await mkdir(dirname(resolve(target)), { recursive: true });
  const draft = await mkdtemp(`${resolve(target)}-`);
  try {
    const unreadable: string[] = [];
    for (const part of ['train', 'test'] as const) {
      await forEachConcurrently(split[part], async (sample) => {
        try {
          const bytes = await shrink(await readFile(sample.path), request.size);
          const folder = join(draft, part, labels[sample.label] ?? sample.label);
          await mkdir(folder, { recursive: true });
          // The beginning of the digest: files of equal names in different folders stay apart.
          const name = `${basename(sample.path, extname(sample.path))}-${sample.digest.slice(0, 8)}.jpg`;
          await writeFile(join(folder, name), bytes);
        } catch (error) {
          if (!(error instanceof AssayError)) throw error;
          unreadable.push(`${sample.path}: ${error.message}`);
        }
      });
    }
    refuseFaults(root, unreadable.sort());
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
  return { train: split.train.length, test: split.test.length };
}

async function shrink(bytes: Uint8Array, size: number): Promise<Uint8Array> {
  const spec = { autoOrient: true, icc: false, background: white, colour: 'rgb' as const };
  const image = await decodeImage(bytes, { spec });
  const resize = resizeSpec.parse({ mode: 'stretch', width: size, height: size });
  return encodeImage(await resizeImage(image, resize), 'jpeg', {
    quality: jpegQuality,
    chromaSubsampling: '4:4:4',
  });
}

const white: [number, number, number] = [255, 255, 255];
