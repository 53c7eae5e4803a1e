import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** A chunk of a PNG file (ISO/IEC 15948). */
export interface PngChunk {
  /** Four letters. */
  readonly type: string;
  readonly data: Uint8Array;
}

const SIGNATURE = 8;

/** The chunks of a PNG file that is whole, in their order. */
export function pngChunks(png: Uint8Array): PngChunk[] {
  const file = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  const chunks: PngChunk[] = [];
  for (let at = SIGNATURE; at < file.length;) {
    const end = at + 8 + file.readUInt32BE(at);
    chunks.push({ type: file.toString('latin1', at + 4, at + 8), data: file.subarray(at + 8, end) });
    at = end + 4;
  }
  return chunks;
}

/** The bytes of a chunk in a file. */
export function encodeChunk({ type, data }: PngChunk): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

/** The file with further chunks after its header. */
export function withChunks(png: Uint8Array, ...chunks: readonly PngChunk[]): Buffer {
  const header = SIGNATURE + 25;
  return Buffer.concat([png.subarray(0, header), ...chunks.map(encodeChunk), png.subarray(header)]);
}

/** An uncompressed text: `tEXt` where it is Latin-1, else `iTXt`. */
export function textChunk(keyword: string, text: string): PngChunk {
  // eslint-disable-next-line no-control-regex
  return /^[\x00-\xff]*$/.test(text)
    ? { type: 'tEXt', data: Buffer.from(`${keyword}\0${text}`, 'latin1') }
    : { type: 'iTXt', data: Buffer.from(`${keyword}\0\0\0\0\0${text}`) };
}

/** The file with the lowest bit of its first pixel changed, and all else as it was. */
export function changePixel(png: Uint8Array): Buffer {
  const chunks = pngChunks(png);
  const pixels = inflateSync(
    Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)),
  );
  pixels[1] = pixels[1]! ^ 1; // each row begins with its filter
  const changed = { type: 'IDAT', data: deflateSync(pixels) };
  const first = chunks.findIndex(({ type }) => type === 'IDAT');
  const kept = chunks.flatMap((chunk, at) =>
    at === first ? [changed] : chunk.type === 'IDAT' ? [] : [chunk],
  );
  return Buffer.concat([png.subarray(0, SIGNATURE), ...kept.map(encodeChunk)]);
}
