/** Where in a file a text is written. */
export type MetadataGroup = 'exif' | 'iptc' | 'png' | 'xmp';

/** All texts of a file that findings are made of, as the file has them. */
export interface Metadata {
  /** By name of the tag; numbers in words, such as `f/2.8`. */
  readonly groups: Readonly<Record<MetadataGroup, ReadonlyMap<string, string>>>;
  /** Programs of the XMP history, the oldest first. */
  readonly history: readonly { readonly software: string; readonly time?: string }[];
}

/** A text and where it is written, in words. */
export interface Field {
  readonly text: string;
  /** Such as `EXIF Software`. */
  readonly place: string;
}

const groupNames: Readonly<Record<MetadataGroup, string>> = {
  exif: 'EXIF',
  iptc: 'IPTC',
  png: 'PNG text',
  xmp: 'XMP',
};

/** The text of a tag, where the file has it. */
export function fieldOf({ groups }: Metadata, group: MetadataGroup, name: string): Field | undefined {
  const text = groups[group].get(name);
  return text === undefined ? undefined : { text, place: `${groupNames[group]} ${name}` };
}

/** The first of several tags that the file has. */
export function firstOf(
  metadata: Metadata,
  ...places: readonly (readonly [MetadataGroup, string])[]
): Field | undefined {
  for (const [group, name] of places) {
    const field = fieldOf(metadata, group, name);
    if (field !== undefined) return field;
  }
  return undefined;
}
