import { inflateSync } from 'node:zlib';
import { DOMParser, onErrorStopParsing } from '@xmldom/xmldom';
import ExifReader from 'exifreader';
import { decodeComment } from './decode-comment.ts';
import type { Metadata } from './metadata.ts';

/** What a file says, and which parts of it could not be read. */
export interface MetadataReading {
  readonly metadata: Metadata;
  readonly unread: readonly Unread[];
}

/** A part of a file that could not be read. */
export interface Unread {
  readonly part: string;
  readonly reason: string;
}

/** Bytes that all compressed texts of a file may grow to. */
const INFLATED_BYTES = 4 * 2 ** 20;
/** Largest XMP packet that is parsed; real ones have 2 to 100 KB, and the time for a packet grows faster than its size. */
const XMP_BYTES = 256 * 2 ** 10;
/** Characters of one text that are looked at. */
const TEXT_LENGTH = 2 ** 20;

const exifTags = [
  'Make',
  'Model',
  'LensModel',
  'Software',
  'ProcessingSoftware',
  'DateTime',
  'DateTimeOriginal',
  'OffsetTime',
  'OffsetTimeOriginal',
  'ExposureTime',
  'FNumber',
  'ISOSpeedRatings',
  'FocalLength',
  'ImageDescription',
  'UserComment',
  'GPSLatitude',
];
const iptcTags = ['Credit', 'Source', 'Originating Program', 'Caption/Abstract', 'Special Instructions'];
/** Keyword of the PNG text that holds XMP. */
const PNG_XMP = 'XML:com.adobe.xmp';

type Tag = { readonly value?: unknown; readonly description?: unknown };

/**
 * Reads EXIF, IPTC, PNG texts and XMP. Never throws for what a file holds: a part that cannot be read is named, and the others
 * are read all the same.
 */
export async function readMetadata(bytes: Uint8Array): Promise<MetadataReading> {
  const unread: Unread[] = [];
  const first = await attempt('EXIF, IPTC and texts', unread, () => readPlain(bytes, unread));
  const png = textsOf(first?.pngText);
  const packet = png.get(PNG_XMP);
  png.delete(PNG_XMP);
  const xmp = await attempt('XMP', unread, () =>
    packet === undefined ? readXmp(bytes, first, unread) : readPacket(packet, unread),
  );
  return {
    metadata: {
      groups: {
        exif: textsOf(first?.exif),
        iptc: textsOf(first?.iptc),
        png,
        xmp: textsOf(xmp),
      },
      history: historyOf(xmp as Readonly<Record<string, unknown>> | undefined),
    },
    unread,
  };
}

async function readPlain(bytes: Uint8Array, unread: Unread[]) {
  let left = INFLATED_BYTES;
  const deflate = (data: Uint8Array) => {
    try {
      const text = inflateSync(data, { maxOutputLength: Math.max(1, left) });
      left -= text.length;
      return text;
    } catch (error) {
      const isTooLong = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
      const reason = isTooLong ? `grows beyond ${INFLATED_BYTES} bytes` : 'is damaged';
      unread.push({ part: 'a compressed text', reason });
      return new Uint8Array(0); // no text, then
    }
  };
  return ExifReader.load(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
    expanded: true,
    includeOffsets: true,
    async: true,
    includeTags: { exif: exifTags, iptc: iptcTags, png: true },
    decompress: { deflate, maxDecompressedSize: INFLATED_BYTES },
  });
}

/** XMP where the format has a place of its own for it. */
async function readXmp(
  bytes: Uint8Array,
  first: ExifReader.ExpandedTags | undefined,
  unread: Unread[],
): Promise<object | undefined> {
  const blocks = (first?.metadataRange?.blocks ?? []).filter(({ type }) => type === 'xmp');
  const size = blocks.reduce((sum, { start, end }) => sum + end - start, 0);
  if (size === 0) return undefined;
  if (size > XMP_BYTES) return void unread.push(tooLong(size));
  return parseXmp(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), unread);
}

/** XMP from a text of its own. */
async function readPacket(packet: string, unread: Unread[]): Promise<object | undefined> {
  if (packet.length > XMP_BYTES) return void unread.push(tooLong(packet.length));
  return parseXmp(
    Buffer.from(packet.startsWith('<?xpacket') ? packet : `<?xpacket begin=""?>${packet}`),
    unread,
  );
}

async function parseXmp(source: Buffer, unread: Unread[]): Promise<object | undefined> {
  const domParser = new DOMParser({ onError: onErrorStopParsing });
  const tags = await ExifReader.load(source, {
    expanded: true,
    async: true,
    domParser,
    includeTags: { xmp: true },
  });
  const { _raw: _, ...texts } = tags.xmp ?? {};
  if (tags.xmp !== undefined && Object.keys(texts).length === 0)
    unread.push({ part: 'XMP', reason: 'is not well-formed XML, or empty' });
  return texts;
}

const tooLong = (size: number): Unread => ({
  part: 'XMP',
  reason: `has ${size} bytes; up to ${XMP_BYTES} are read`,
});

/** Does what may fail over a file, and notes it where it does. */
async function attempt<T>(part: string, unread: Unread[], work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ExifReader.errors.MetadataMissingError))
      unread.push({
        part,
        reason: error instanceof RangeError ? 'is nested too deeply or too long' : 'is damaged',
      });
    return undefined;
  }
}

/** The tags that are text, by name. */
function textsOf(tags: object | undefined): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [name, tag] of Object.entries(tags ?? {}) as [string, Tag | null][]) {
    const text = name === 'UserComment' && Array.isArray(tag?.value) ? commentOf(tag.value) : textOf(tag);
    if (text !== undefined && text !== '') texts.set(name, text.slice(0, TEXT_LENGTH));
  }
  return texts;
}

function textOf(tag: Tag | null): string | undefined {
  for (const text of [tag?.description, tag?.value])
    if (typeof text === 'string' || typeof text === 'number') return String(text);
  return undefined;
}

function commentOf(value: readonly unknown[]): string {
  return decodeComment(Uint8Array.from(value.slice(0, 2 * TEXT_LENGTH), Number));
}

function historyOf(xmp: Readonly<Record<string, unknown>> | undefined): Metadata['history'] {
  const events = (xmp?.History as Tag | undefined)?.value;
  if (!Array.isArray(events)) return [];
  return (events as (Readonly<Record<string, Tag | undefined>> | null)[]).flatMap((event) => {
    const software = event?.softwareAgent?.value;
    const time = event?.when?.value;
    if (typeof software !== 'string') return [];
    return [{ software, ...(typeof time === 'string' ? { time } : {}) }];
  });
}
