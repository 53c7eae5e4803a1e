import type { Size, ViewGeometry } from '@assay/preprocessing';

/** How much of the photo is left at a place, 0 (nothing) to 1 (all); in pixels of the photo. */
export type Mask = (x: number, y: number) => number;

/** An image as the model sees it, and how the model is asked about it. */
export interface MaskedSubject {
  /** Of the upright photo. */
  readonly photo: Size;
  readonly geometry: ViewGeometry;
  /** `[V, C, H, W]`, normalised so that 0 is the mean colour. */
  readonly input: { readonly shape: readonly number[]; readonly data: Float32Array };
  /** Raw logits `[N, labels]` of rows like those of the input. */
  score(rows: { shape: readonly number[]; data: Float32Array }): Promise<Float32Array>;
  /** What is explained, from the logits averaged over the views. */
  measure(logits: Float64Array): number;
}

/** Input elements run at once; a session keeps the memory of its largest run. */
const runElements = 2 ** 19;

/**
 * What the model says where parts of the photo are replaced by the mean colour. Views that a mask leaves as they are are
 * not run again.
 *
 * @returns `measure` of the whole image, and under each mask
 */
export async function maskedScores(
  subject: MaskedSubject,
  masks: readonly Mask[],
): Promise<{ whole: number; masked: Float64Array }> {
  const { input, measure } = subject;
  const views = input.shape[0]!;
  const axes = subject.geometry.frames.map((_, view) => viewAxes(subject, view));
  const width = input.data.length / views;
  const original = (view: number) => input.data.subarray(view * width, (view + 1) * width);
  const runner = rowRunner(subject, width);

  const plain = Array.from({ length: views }, (_, view) => runner.add(original(view)));
  const places = [];
  for (const mask of masks) {
    const rows = [];
    for (const [view, row] of plain.entries()) {
      const masked = applyMask(original(view), axes[view]!, mask);
      rows.push(masked === undefined ? row : runner.add(masked));
      if (runner.isFull()) await runner.run();
    }
    places.push(rows);
  }
  await runner.run();
  const mean = (rows: readonly number[]) => measure(meanLogits(rows.map((row) => runner.logits(row))));
  return { whole: mean(plain), masked: Float64Array.from(places, mean) };
}

/** Collects rows and runs them in portions. */
function rowRunner({ input, score }: MaskedSubject, width: number) {
  const [views = 1, ...rest] = input.shape;
  const portion = Math.max(views, Math.floor(runElements / width));
  const done: Float32Array[] = [];
  let waiting: Float32Array[] = [];
  return {
    add: (row: Float32Array) => done.length + waiting.push(row) - 1,
    isFull: () => waiting.length >= portion,
    async run() {
      const count = waiting.length;
      if (count === 0) return;
      const data = new Float32Array(count * width);
      waiting.forEach((row, index) => data.set(row, index * width));
      waiting = [];
      const logits = await score({ shape: [count, ...rest], data });
      const labels = logits.length / count;
      for (let row = 0; row < count; row++) done.push(logits.subarray(row * labels, (row + 1) * labels));
    },
    logits: (row: number) => done[row]!,
  };
}

function meanLogits(rows: readonly Float32Array[]): Float64Array {
  const sums = new Float64Array(rows[0]?.length ?? 0);
  for (const row of rows) row.forEach((value, label) => (sums[label] = sums[label]! + value));
  return sums.map((sum) => sum / rows.length);
}

interface Axes {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Where in the photo the columns and rows of a view come from, in pixels. */
function viewAxes({ input, geometry }: MaskedSubject, view: number): Axes {
  const [, , height = 1, width = 1] = input.shape;
  const frame = geometry.frames[view]!;
  const { canvas } = geometry;
  const fold = (position: number, start: number, length: number) => {
    const at = (((position - start) % (2 * length)) + 2 * length) % (2 * length);
    return start + (at < length ? at : 2 * length - at);
  };
  const x = Float64Array.from({ length: width }, (_, column) =>
    fold(frame.left + ((column + 0.5) / width) * frame.width, canvas.left, canvas.width),
  );
  const y = Float64Array.from({ length: height }, (_, row) =>
    fold(frame.top + ((row + 0.5) / height) * frame.height, canvas.top, canvas.height),
  );
  return { x: frame.mirrored ? x.reverse() : x, y };
}

/** @returns undefined where the mask leaves the whole view */
function applyMask(view: Float32Array, { x, y }: Axes, mask: Mask): Float32Array | undefined {
  const places = x.length * y.length;
  let masked: Float32Array | undefined;
  for (let row = 0, at = 0; row < y.length; row++) {
    for (let column = 0; column < x.length; column++, at++) {
      const left = mask(x[column]!, y[row]!);
      if (left === 1) continue;
      masked ??= view.slice();
      for (let value = at; value < view.length; value += places) masked[value] = view[value]! * left;
    }
  }
  return masked;
}
