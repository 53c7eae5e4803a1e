import { crc32, deflateSync } from 'node:zlib';

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * Draws a small landscape (sky, sun, hills), so that the first request needs nobody's photograph.
 *
 * @param width pixels
 * @param height pixels
 * @returns a PNG file, 8-bit RGB (https://www.w3.org/TR/png-3/)
 */
export function drawSample(width: number, height: number): Buffer {
  const rows = Buffer.alloc(height * (1 + 3 * width)); // each row starts with its filter type, 0 = none
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      rows.set(landscape(x / width, y / height), y * (1 + 3 * width) + 1 + 3 * x);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8); // bit depth, colour type RGB; compression, filter and interlace stay 0
  return Buffer.concat([
    PNG_SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Colour 0–255 at relative position (0–1, 0–1), from the top left. */
function landscape(x: number, y: number): [red: number, green: number, blue: number] {
  const ridges = [0.62, 0.74, 0.86];
  for (let hill = ridges.length - 1; hill >= 0; hill -= 1) {
    const ridge = ridges[hill]! + 0.06 * Math.sin(7 * x + 2.1 * hill) + 0.02 * Math.sin(23 * x + hill);
    if (y > ridge) {
      const light = 1 - 0.5 * (y - ridge) - 0.2 * hill;
      return [70 * light + 20, 130 * light + 20, 60 * light + 20];
    }
  }
  const sun = Math.hypot(x - 0.72, y - 0.26) < 0.09;
  return sun ? [255, 236, 170] : [110 + 120 * y, 160 + 70 * y, 235];
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  frame.set(body, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}
