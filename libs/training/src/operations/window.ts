/** How a square window moves over an image; sides in pixels. */
export interface Window {
  readonly kernel: number;
  readonly stride: number;
  /** Rows and columns of padding on every side. */
  readonly padding: number;
}

/** Height and width. */
export interface Extent {
  readonly height: number;
  readonly width: number;
}

/** Positions of the window: `floor((side + 2 padding - kernel) / stride) + 1` per axis. */
export function outputExtent(input: Extent, { kernel, stride, padding }: Window): Extent {
  const positions = (side: number) => Math.floor((side + 2 * padding - kernel) / stride) + 1;
  const output = { height: positions(input.height), width: positions(input.width) };
  if (output.height < 1 || output.width < 1)
    throw new RangeError(
      `A window of ${kernel} pixels does not fit into ${input.height}×${input.width} with padding ${padding}.`,
    );
  return output;
}

/**
 * For each output position and tap (both row-major) the input pixel under it.
 *
 * @returns `[outputs, kernel²]`, flat; taps in the padding point at `height * width`, one past the last pixel.
 */
export function inputPixels(input: Extent, window: Window): Int32Array {
  const { kernel, stride, padding } = window;
  const output = outputExtent(input, window);
  const outside = input.height * input.width;
  const table = new Int32Array(output.height * output.width * kernel * kernel);
  let at = 0;
  for (let row = 0; row < output.height; row++)
    for (let column = 0; column < output.width; column++)
      for (let down = 0; down < kernel; down++)
        for (let right = 0; right < kernel; right++) {
          const y = row * stride + down - padding;
          const x = column * stride + right - padding;
          const inside = y >= 0 && x >= 0 && y < input.height && x < input.width;
          table[at++] = inside ? y * input.width + x : outside;
        }
  return table;
}

/**
 * The same relation seen from the input: for each input pixel the entries of {@link inputPixels} that point at it.
 *
 * @returns `contributors` columns of `[pixels]`; missing contributors point at `outputs * kernel²`, one past the end.
 */
export function contributingTaps(input: Extent, window: Window): Int32Array[] {
  const table = inputPixels(input, window);
  const pixels = input.height * input.width;
  const columns: Int32Array[] = [];
  const filled = new Int32Array(pixels);
  table.forEach((pixel, entry) => {
    if (pixel === pixels) return;
    const column = filled[pixel] ?? 0;
    filled[pixel] = column + 1;
    columns[column] ??= new Int32Array(pixels).fill(table.length);
    columns[column][pixel] = entry;
  });
  return columns;
}

/**
 * For a stride of one: for each input pixel and tap the output position whose tap lies on the pixel.
 *
 * @returns `[pixels, kernel²]`, flat; where there is none, `outputs`, one past the last position.
 */
export function outputPositions(input: Extent, window: Window): Int32Array {
  const { kernel, padding } = window;
  const output = outputExtent(input, window);
  const outside = output.height * output.width;
  const table = new Int32Array(input.height * input.width * kernel * kernel);
  let at = 0;
  for (let y = 0; y < input.height; y++)
    for (let x = 0; x < input.width; x++)
      for (let down = 0; down < kernel; down++)
        for (let right = 0; right < kernel; right++) {
          const row = y + padding - down;
          const column = x + padding - right;
          const inside = row >= 0 && column >= 0 && row < output.height && column < output.width;
          table[at++] = inside ? row * output.width + column : outside;
        }
  return table;
}
