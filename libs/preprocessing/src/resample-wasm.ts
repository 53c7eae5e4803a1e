import { resampleWasmModule } from './resample-wasm-module.ts';
import type { Rows } from './resample-plain.ts';
import type { Taps } from './resample-filters.ts';

/** The part of the global that is used here; the Node types leave it to the browser's. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

/** Exports of resample.wat; addresses and lengths in bytes unless said otherwise there. */
interface Kernels {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  columns1(...parameters: number[]): void;
  columns3(...parameters: number[]): void;
  rows(...parameters: number[]): void;
}

const kernels = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(resampleWasmModule, 'base64')))
  .exports as Kernels;

/** Pixels pass through the kernels' memory in pieces of about this size, which stay in the processor's cache. */
const pieceBytes = 1 << 18;

/** The memory cannot shrink again, so that a piece which needs more than this is left to the plain code. */
const memoryLimit = 1 << 25;

/** How far a kernel may reach past what it needs. */
const slack = 16;

/**
 * As `resampleColumnsPlain`, with SIMD.
 *
 * @returns undefined where the rows are too long for the kernels' memory
 */
export function resampleColumnsWasm(image: Rows, taps: Taps): Uint8Array | undefined {
  const { width, rows, channels, data } = image;
  const packed = pack(taps, { step: channels, multiple: channels === 3 ? 2 : 8 });
  const from = width * channels;
  const to = taps.length * channels;
  const piece = Math.min(rows, Math.max(1, Math.floor(pieceBytes / from)));
  const source = align(packed.bytes);
  const target = align(source + piece * from + packed.stride * channels + slack);
  if (!reserve(target + piece * to + slack)) return undefined;
  const { starts, highs, lows } = place(packed);
  const memory = new Uint8Array(kernels.memory.buffer);
  const run = channels === 3 ? kernels.columns3 : kernels.columns1;
  const result = new Uint8Array(rows * to);
  for (let y = 0; y < rows; y += piece) {
    const count = Math.min(piece, rows - y);
    memory.set(data.subarray(y * from, (y + count) * from), source);
    run(source, target, count, from, taps.length, starts, highs, lows, packed.stride);
    result.set(memory.subarray(target, target + count * to), y * to);
  }
  return result;
}

/** As `resampleRowsPlain`, with SIMD; undefined where the rows behind one target need too much memory. */
export function resampleRowsWasm(image: Rows, taps: Taps, first: number): Uint8Array | undefined {
  const line = image.width * image.channels;
  const packed = pack(taps, { step: line, multiple: 2 });
  const perPiece = Math.max(1, Math.floor(pieceBytes / line));
  const source = align(packed.bytes);
  if (!reserve(packed.bytes)) return undefined;
  const { starts, highs, lows } = place(packed);
  const result = new Uint8Array(taps.length * line);
  for (let i = 0; i < taps.length;) {
    // Targets are taken together while the rows behind them fit one piece.
    const begin = taps.starts[i]!;
    let next = i + 1;
    while (
      next < taps.length &&
      next - i < perPiece &&
      taps.starts[next]! + packed.stride - begin <= perPiece
    )
      next++;
    const last = taps.starts[next - 1]! + packed.stride;
    const target = align(source + (last - begin) * line + slack);
    if (!reserve(target + (next - i) * line + slack)) return undefined;
    const memory = new Uint8Array(kernels.memory.buffer);
    memory.set(image.data.subarray((begin - first) * line, (last - first) * line), source);
    const skip = i * packed.stride * 2;
    kernels.rows(
      source - begin * line,
      target,
      line,
      next - i,
      starts + i * 4,
      highs + skip,
      lows + skip,
      packed.stride,
    );
    result.set(memory.subarray(target, target + (next - i) * line), i * line);
    i = next;
  }
  return result;
}

/** Taps as the kernels want them. */
interface PackedTaps {
  readonly stride: number;
  /** First source sample of each target, in bytes. */
  readonly starts: Int32Array;
  /** `[targets, stride]`: weight = high * 2^11 + low. */
  readonly highs: Int16Array;
  readonly lows: Int16Array;
  readonly bytes: number;
}

/**
 * Splits the weights and gives each target the same number of taps, a multiple of `multiple`. The added ones
 * weigh nothing: whatever lies in the memory past the border may be read under them.
 */
function pack(taps: Taps, layout: { readonly step: number; readonly multiple: number }): PackedTaps {
  const { step, multiple } = layout;
  const most = taps.counts.reduce((a, b) => Math.max(a, b), 1);
  const stride = Math.ceil(most / multiple) * multiple;
  const highs = new Int16Array(taps.length * stride);
  const lows = new Int16Array(taps.length * stride);
  for (let i = 0; i < taps.length; i++) {
    for (let j = 0; j < taps.counts[i]!; j++) {
      const weight = taps.weights[i * taps.stride + j]!;
      highs[i * stride + j] = weight >> 11;
      lows[i * stride + j] = weight & 0x7ff;
    }
  }
  const starts = taps.starts.map((start) => start * step);
  return {
    stride,
    starts,
    highs,
    lows,
    bytes: 3 * slack + starts.byteLength + 2 * align(highs.byteLength),
  };
}

/** Copies the taps to the start of the memory; the addresses. */
function place(packed: PackedTaps): { starts: number; highs: number; lows: number } {
  const { buffer } = kernels.memory;
  const highs = align(packed.starts.byteLength);
  const lows = highs + align(packed.highs.byteLength);
  new Int32Array(buffer, 0, packed.starts.length).set(packed.starts);
  new Int16Array(buffer, highs, packed.highs.length).set(packed.highs);
  new Int16Array(buffer, lows, packed.lows.length).set(packed.lows);
  return { starts: 0, highs, lows };
}

function reserve(bytes: number): boolean {
  if (bytes > memoryLimit) return false;
  const missing = bytes - kernels.memory.buffer.byteLength;
  if (missing > 0) kernels.memory.grow(Math.ceil(missing / 65536));
  return true;
}

function align(address: number): number {
  return Math.ceil(address / 16) * 16;
}
