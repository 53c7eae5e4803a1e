/** Luminance quantisation table of ITU-T T.81 Annex K (table K.1), in zigzag order. */
const standardLuminance = [
  16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58,
  51, 61, 60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103,
  62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99,
];

/** Sums of the standard table as libjpeg's `jpeg_quality_scaling` scales it, for the qualities 1 to 100. */
const standardSums = Array.from({ length: 100 }, (_, index) => {
  const quality = index + 1;
  const scale = quality < 50 ? Math.trunc(5000 / quality) : 200 - 2 * quality;
  return standardLuminance.reduce(
    (sum, step) => sum + Math.min(255, Math.max(1, Math.trunc((step * scale + 50) / 100))),
    0,
  );
});

/**
 * Estimates the quality setting of a JPEG from its luminance quantisation table: that of the 100 libjpeg
 * settings whose table has the nearest sum of steps. Exact for files written by libjpeg and its kin.
 *
 * @returns 1 to 100, or undefined where the bytes hold no quantisation table
 */
export function estimateJpegQuality(bytes: Uint8Array): number | undefined {
  const sum = luminanceSum(bytes);
  if (sum === undefined) return undefined;
  let best = 0;
  for (let index = 1; index < 100; index++) {
    if (Math.abs(standardSums[index]! - sum) <= Math.abs(standardSums[best]! - sum)) best = index;
  }
  return best + 1;
}

/** Sum of the 64 steps of table 0, from the DQT segments (T.81 §B.2.4.1) before the first scan. */
function luminanceSum(bytes: Uint8Array): number | undefined {
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff || bytes[at + 1] === 0xff || bytes[at + 1] === 0) {
      at++; // fill or stray bytes
      continue;
    }
    const marker = bytes[at + 1];
    if (marker === 0xda) return undefined;
    const end = at + 2 + bytes[at + 2]! * 256 + bytes[at + 3]!;
    if (marker === 0xdb) {
      const sum = firstTableSum(bytes.subarray(at + 4, end));
      if (sum !== undefined) return sum;
    }
    at = Math.max(end, at + 2);
  }
  return undefined;
}

function firstTableSum(segment: Uint8Array): number | undefined {
  for (let at = 0; at < segment.length;) {
    const wide = segment[at]! >> 4 !== 0;
    const id = segment[at]! & 15;
    const next = at + 1 + (wide ? 128 : 64);
    if (next > segment.length) return undefined;
    if (id === 0) {
      let sum = 0;
      for (let i = at + 1; i < next; i += wide ? 2 : 1)
        sum += wide ? segment[i]! * 256 + segment[i + 1]! : segment[i]!;
      return sum;
    }
    at = next;
  }
  return undefined;
}
