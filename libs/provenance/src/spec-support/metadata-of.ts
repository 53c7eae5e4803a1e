import type { Metadata, MetadataGroup } from '../metadata/metadata.ts';

/** Metadata of a file that has these texts and no others. */
export function metadataOf(
  groups: Partial<Record<MetadataGroup, Readonly<Record<string, string>>>>,
  history: Metadata['history'] = [],
): Metadata {
  const map = (group: MetadataGroup) => new Map(Object.entries(groups[group] ?? {}));
  return { groups: { exif: map('exif'), iptc: map('iptc'), png: map('png'), xmp: map('xmp') }, history };
}
