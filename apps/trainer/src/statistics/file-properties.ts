import type { ImageFacts } from '@assay/preprocessing';

/**
 * How a property of the files is looked at, and what it means where it predicts the class:
 *
 * - `made`: how the files were made. Values are taken as they are, and whoever pictures another thing does not get
 *   another format, quality or size for it: where such a value tells the class, the network learns the maker. A leak.
 * - `measured`: grows and shrinks with what is pictured too (a long leaf, cut out, gives a long image; a busy scene a
 *   large file). Values are taken in ranges. A leak where there are two classes and little else could tell them apart
 *   so well; with more classes, a hint.
 * - `named`: never reaches the network. A hint that the classes come from different places.
 */
export type PropertyKind = 'made' | 'measured' | 'named';

/** A file as the properties see it. */
export interface FileFacts extends ImageFacts {
  /** Base name with its extension. */
  name: string;
}

interface FileProperty {
  kind: PropertyKind;
  /** A number is only taken as one where the property is measured. */
  of(facts: FileFacts): string | number;
}

const yesNo = (fact: boolean) => (fact ? 'yes' : 'no');

/** What is looked at, in the order of the report; `data.allowLeaks` names the keys. What pixels show is not among them. */
export const fileProperties = {
  format: { kind: 'made', of: ({ format }) => format },
  size: { kind: 'made', of: ({ width, height }) => `${width} × ${height}` },
  jpegQuality: { kind: 'made', of: ({ jpegQuality }) => `${jpegQuality ?? 'none'}` },
  chromaSubsampling: { kind: 'made', of: ({ chromaSubsampling }) => chromaSubsampling ?? 'none' },
  progressive: { kind: 'made', of: ({ isProgressive }) => yesNo(isProgressive) },
  colour: { kind: 'made', of: ({ colour }) => colour },
  depth: { kind: 'made', of: ({ depth }) => depth },
  alpha: { kind: 'made', of: ({ hasAlpha }) => yesNo(hasAlpha) },
  exif: { kind: 'made', of: ({ hasExif }) => yesNo(hasExif) },
  orientation: { kind: 'made', of: ({ orientation }) => `${orientation}` },
  icc: { kind: 'made', of: ({ hasIcc }) => yesNo(hasIcc) },
  xmp: { kind: 'made', of: ({ hasXmp }) => yesNo(hasXmp) },
  pixels: { kind: 'measured', of: ({ width, height }) => width * height },
  aspectRatio: { kind: 'measured', of: ({ width, height }) => width / height },
  fileSize: { kind: 'measured', of: ({ bytes }) => bytes },
  fileName: { kind: 'named', of: ({ name }) => namePattern(name) },
} as const satisfies Record<string, FileProperty>;

export type FilePropertyName = keyof typeof fileProperties;
export const filePropertyNames = Object.keys(fileProperties) as [FilePropertyName, ...FilePropertyName[]];

/** Runs of letters as `a`, of digits as `0`: `IMG_0034.JPG` and `DSC_12.jpg` are both `a_0.a`. */
function namePattern(name: string): string {
  return name.replace(/\p{L}+/gu, 'a').replace(/\d+/g, '0');
}
