import { readFile } from 'node:fs/promises';
import { decodeImage } from '@assay/preprocessing';
import { forEachConcurrently } from '../data/concurrently.ts';
import { partData, type PartingConfig } from '../data/part-data.ts';
import { splitNames, type ListedImage, type Sample, type SplitName } from '../data/sample.ts';
import { countByLabel } from '../data/split.ts';
import type { Output } from '../output.ts';
import { duplicateGroup, exactDuplicates, type DuplicateGroup, type Placed } from './duplicates.ts';
import { findLeaks, type PropertyFinding } from './find-leaks.ts';
import { readFacts, type LabelledFacts } from './leak-faults.ts';
import { nearDuplicates } from './near-duplicates.ts';
import { lookOf, type Look } from './perceptual-hash.ts';

/** Smallest, middle and largest. */
export type Range = [least: number, median: number, most: number];

/** What can be said of a data set before anything is trained on it. */
export interface DataStatistics {
  path: string;
  /** sha256, see `datasetDigest`. */
  digest: string;
  labels: string[];
  counts: Record<SplitName, Record<string, number>>;
  exactDuplicates: DuplicateGroup[];
  /** What keeps it from being trained on, each with its path; leaks are in `images.properties`. */
  faults: string[];
  images?: {
    /** Number of files, each content once. */
    formats: Record<string, number>;
    width: Range;
    height: Range;
    /** Of the file. */
    bytes: Range;
    /** Images that look the same, of different content. */
    nearDuplicates: DuplicateGroup[];
    properties: PropertyFinding[];
  };
  /** Range of each feature, for tables. */
  features?: Record<string, Range>;
}

const decode = { autoOrient: true, icc: false, background: [255, 255, 255], colour: 'rgb' } as const;

/** Counts, sizes, duplicates and leaks of the data set of a configuration, parted as training would. */
export async function dataStatistics(
  config: PartingConfig,
  context: { state: string; output: Output },
): Promise<DataStatistics> {
  const { root, split, labels, features, digest, faults } = await partData(config, context);
  const samples = splitNames.flatMap((name) => split[name].map((sample) => ({ sample, split: name })));
  const common = {
    path: root,
    digest,
    labels,
    counts: countByLabel(split, labels),
    exactDuplicates: exactDuplicates(
      [...samples, ...split.leaked.map((sample) => ({ sample, split: 'train' as const }))].map(
        ({ sample, split: name }) => ({ ...placed(sample, name), digest: sample.digest }),
      ),
    ),
  };
  if (config.data.reader === 'table') {
    const rows = samples.flatMap(({ sample }) => (sample.kind === 'row' ? [sample.features] : []));
    return {
      ...common,
      faults,
      features: Object.fromEntries(
        features.map((name, index) => [name, rangeOf(rows.map((row) => row[index]!))]),
      ),
    };
  }
  const images = samples as { sample: Sample<ListedImage>; split: SplitName }[];
  const progress = context.output.progress('looking at images', images.length);
  let done = 0;
  const seen = await lookAt(images, () => progress.update(++done));
  progress.stop();
  const facts = await readFacts(
    images.map(({ sample }) => sample).filter(({ label }) => labels.includes(label)),
  );
  return {
    ...common,
    faults: [...faults, ...seen.faults],
    images: {
      ...describeFacts(facts),
      nearDuplicates: nearDuplicates(seen.looks).map((group) =>
        duplicateGroup(group.map((index) => seen.placed[index]!)),
      ),
      properties: labels.length < 2 ? [] : findLeaks(facts, labels),
    },
  };
}

function placed({ path, label }: Sample, split: SplitName): Placed {
  return { path, label, split };
}

/** What each content looks like, once. */
async function lookAt(
  images: readonly { sample: Sample<ListedImage>; split: SplitName }[],
  onImage: () => void,
): Promise<{ looks: Look[]; placed: Placed[]; faults: string[] }> {
  const first = new Map(images.toReversed().map((image) => [image.sample.digest, image]));
  const faults: string[] = [];
  const seen = new Array<{ look: Look; placed: Placed } | undefined>(images.length);
  await forEachConcurrently(images, async (image, index) => {
    const { sample, split } = image;
    if (first.get(sample.digest) === image)
      try {
        const pixels = await decodeImage(await readFile(sample.path), {
          spec: { ...decode, background: [...decode.background] },
        });
        seen[index] = { look: lookOf(pixels), placed: placed(sample, split) };
      } catch (error) {
        faults.push(`${sample.path}: ${(error as Error).message}`);
      }
    onImage();
  });
  const whole = seen.filter((one) => one !== undefined);
  return {
    looks: whole.map(({ look }) => look),
    placed: whole.map((one) => one.placed),
    faults: faults.sort(),
  };
}

function describeFacts(files: readonly LabelledFacts[]) {
  const formats: Record<string, number> = {};
  for (const { facts } of files) formats[facts.format] = (formats[facts.format] ?? 0) + 1;
  const range = (of: 'width' | 'height' | 'bytes') => rangeOf(files.map(({ facts }) => facts[of]));
  return { formats, width: range('width'), height: range('height'), bytes: range('bytes') };
}

function rangeOf(values: readonly number[]): Range {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
  return [at(0), at(0.5), at(1)];
}
