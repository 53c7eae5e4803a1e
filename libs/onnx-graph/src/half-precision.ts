/**
 * The values of IEEE 754 binary16 numbers: 1 sign, 5 exponent, 10 fraction bits. Every one is exact in float32.
 *
 * @param bits - the bit patterns
 */
export function float16Values(bits: Uint16Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(bits, (pattern) => {
    const sign = pattern & 0x8000 ? -1 : 1;
    const exponent = (pattern >> 10) & 0x1f;
    const fraction = pattern & 0x3ff;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
    return sign * (1024 + fraction) * 2 ** (exponent - 25);
  });
}

/**
 * The values of bfloat16 numbers, which are the upper halves of float32 numbers.
 *
 * @param bits - the bit patterns
 */
export function bfloat16Values(bits: Uint16Array): Float32Array<ArrayBuffer> {
  return new Float32Array(Uint32Array.from(bits, (pattern) => pattern << 16).buffer);
}
