/** Text, or a fraction, or raw bytes. */
export type ExifValue = string | readonly [numerator: number, denominator: number] | number | Uint8Array;

const tags: Readonly<Record<string, number>> = {
  ImageDescription: 0x010e,
  Make: 0x010f,
  Model: 0x0110,
  Software: 0x0131,
  DateTime: 0x0132,
  ExposureTime: 0x829a,
  FNumber: 0x829d,
  ISOSpeedRatings: 0x8827,
  DateTimeOriginal: 0x9003,
  OffsetTimeOriginal: 0x9011,
  FocalLength: 0x920a,
  UserComment: 0x9286,
  LensModel: 0xa434,
};
const POINTER = 0x8769;

/** A TIFF structure of EXIF tags, little-endian: those of the camera's part in a directory of their own (CIPA DC-008). */
export function makeExif(values: Readonly<Record<string, ExifValue>>): Buffer {
  const entries = Object.entries(values).map(([name, value]) => [tags[name]!, value] as const);
  const main = entries.filter(([tag]) => tag < 0x8000);
  const camera = entries.filter(([tag]) => tag >= 0x8000);
  const header = Buffer.from('II*\0\x08\0\0\0', 'latin1');
  const mainSize = directory([...main, [POINTER, 0]], 8).length;
  const first = directory([...main, [POINTER, 8 + mainSize]], 8);
  return Buffer.concat([header, first, directory(camera, 8 + mainSize)]);
}

function directory(entries: readonly (readonly [number, ExifValue])[], start: number): Buffer {
  const sorted = entries.toSorted(([a], [b]) => a - b);
  const rows = Buffer.alloc(2 + sorted.length * 12 + 4);
  rows.writeUInt16LE(sorted.length);
  const values: Buffer[] = [];
  let next = start + rows.length;
  for (const [index, [tag, value]] of sorted.entries()) {
    const at = 2 + index * 12;
    const { type, count, data } = encode(value, tag === POINTER);
    rows.writeUInt16LE(tag, at);
    rows.writeUInt16LE(type, at + 2);
    rows.writeUInt32LE(count, at + 4);
    if (data.length <= 4) data.copy(rows, at + 8);
    else {
      rows.writeUInt32LE(next, at + 8);
      const even = Buffer.concat([data, Buffer.alloc(data.length % 2)]);
      values.push(even);
      next += even.length;
    }
  }
  return Buffer.concat([rows, ...values]);
}

function encode(value: ExifValue, isPointer: boolean): { type: number; count: number; data: Buffer } {
  if (typeof value === 'string') {
    const data = Buffer.from(`${value}\0`);
    return { type: 2, count: data.length, data };
  }
  if (typeof value === 'number') {
    const data = Buffer.alloc(4);
    if (isPointer) data.writeUInt32LE(value);
    else data.writeUInt16LE(value);
    return { type: isPointer ? 4 : 3, count: 1, data };
  }
  if (value instanceof Uint8Array) return { type: 7, count: value.length, data: Buffer.from(value) };
  const data = Buffer.alloc(8);
  data.writeUInt32LE(value[0]);
  data.writeUInt32LE(value[1], 4);
  return { type: 5, count: 1, data };
}
