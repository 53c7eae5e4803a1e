import type { Random } from '@assay/random';

/** A square picture, row-major `[side, side, channels]`. */
export interface SquarePicture {
  side: number;
  channels: number;
  data: Float32Array;
}

/** Squares along a side that are shuffled. */
const patches = 4;
/** Sides of the windows that are cut out, as shares of the picture's. */
const windowShare = { from: 0.3, to: 0.7 };

/** Where a picture of the same size takes each of its pixels from, `y · side + x`; between pixels where it is no whole number. */
type Source = (y: number, x: number) => readonly [y: number, x: number];

/**
 * The same picture with its parts elsewhere: upside down, turned by a quarter to one side or the other, cut into 4 × 4 squares that are
 * shuffled, or a window of 0.3 to 0.7 of its side, enlarged. One of these, drawn evenly but for windows, which are drawn twice as often.
 */
export function rearrange(picture: SquarePicture, random: Random): SquarePicture {
  const { side } = picture;
  const last = side - 1;
  switch (random.integer(6)) {
    case 0:
      return taken(picture, (y, x) => [last - y, x]);
    case 1:
      return taken(picture, (y, x) => [x, last - y]);
    case 2:
      return taken(picture, (y, x) => [last - x, y]);
    case 3:
      return taken(picture, shuffled(side, random));
    default:
      return taken(picture, enlarged(side, random));
  }
}

function shuffled(side: number, random: Random): Source {
  const length = Math.floor(side / patches);
  const order = random.shuffle(Array.from({ length: patches ** 2 }, (_, index) => index));
  return (y, x) => {
    // What is left over where the side is no multiple of four stays where it is.
    if (y >= length * patches || x >= length * patches) return [y, x];
    const from = order[Math.floor(y / length) * patches + Math.floor(x / length)]!;
    return [Math.floor(from / patches) * length + (y % length), (from % patches) * length + (x % length)];
  };
}

function enlarged(side: number, random: Random): Source {
  const length = side * (windowShare.from + (windowShare.to - windowShare.from) * random.uniform());
  const [top, left] = [random.uniform() * (side - length), random.uniform() * (side - length)];
  const scale = length / side;
  return (y, x) => [top + (y + 0.5) * scale - 0.5, left + (x + 0.5) * scale - 0.5];
}

/** Bilinear; beyond the edge lies the edge. */
function taken({ side, channels, data }: SquarePicture, source: Source): SquarePicture {
  const out = new Float32Array(data.length);
  const within = (value: number) => Math.min(side - 1, Math.max(0, value));
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const [y, x] = source(row, column).map(within) as [number, number];
      const [top, left] = [Math.floor(y), Math.floor(x)];
      const [down, right] = [y - top, x - left];
      const at = (dy: number, dx: number) => (within(top + dy) * side + within(left + dx)) * channels;
      for (let channel = 0; channel < channels; channel++) {
        const upper = (1 - right) * data[at(0, 0) + channel]! + right * data[at(0, 1) + channel]!;
        const lower = (1 - right) * data[at(1, 0) + channel]! + right * data[at(1, 1) + channel]!;
        out[(row * side + column) * channels + channel] = (1 - down) * upper + down * lower;
      }
    }
  return { side, channels, data: out };
}
