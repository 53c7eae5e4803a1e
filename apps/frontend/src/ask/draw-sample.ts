/** A picture that this page draws, so that it can be tried with nothing at hand. */
export interface Sample {
  readonly name: string;
  readonly title: string;
  /** Colour of a point; x from the left and y from the top, 0 to 1. */
  shade(x: number, y: number): Rgb;
}

/** Red, green, blue, 0 to 255. */
type Rgb = readonly [number, number, number];

const mix = (a: Rgb, b: Rgb, share: number): Rgb => {
  const t = Math.min(1, Math.max(0, share));
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
};

/** Layers of hills under an evening sky. */
const hills = (x: number, y: number): Rgb => {
  const sun = Math.hypot((x - 0.68) * 1.1, y - 0.4);
  let colour = mix(mix([44, 58, 104], [244, 178, 120], y * 1.9), [255, 240, 205], 1 - (sun - 0.055) * 60);
  for (let layer = 0; layer < 5; layer += 1) {
    const ridge =
      0.5 +
      layer * 0.09 +
      0.045 * Math.sin(x * (5 + layer * 2.3) + layer * 1.7) +
      0.02 * Math.sin(x * (17 + layer * 5) + layer);
    if (y > ridge)
      colour = mix(mix([196, 132, 118], [24, 32, 46], layer / 4), [20, 26, 38], (y - ridge) * 0.6);
  }
  return colour;
};

/** The Julia set of c = −0.8 + 0.156 i, coloured by how soon each point escapes. */
const julia = (x: number, y: number): Rgb => {
  let re = (x - 0.5) * 2.9;
  let im = (y - 0.5) * 2.9;
  let step = 0;
  while (step < 160 && re * re + im * im < 16) {
    [re, im] = [re * re - im * im - 0.8, 2 * re * im + 0.156];
    step += 1;
  }
  if (step === 160) return [10, 18, 28];
  const t = Math.sqrt((step + 1 - Math.log2(Math.log2(re * re + im * im))) / 160);
  return mix(mix([9, 22, 40], [18, 116, 128], t * 2.2), [252, 236, 196], (t - 0.36) * 1.9);
};

/** Spheres in the light of one lamp. */
const SPHERES = [
  { x: 0.33, y: 0.52, radius: 0.22, colour: [196, 78, 52] },
  { x: 0.7, y: 0.62, radius: 0.15, colour: [222, 190, 110] },
  { x: 0.58, y: 0.33, radius: 0.1, colour: [66, 120, 136] },
] as const;

const spheres = (x: number, y: number): Rgb => {
  let colour: Rgb =
    y > 0.62
      ? mix([150, 142, 130], [92, 86, 80], (y - 0.62) * 2.4)
      : mix([206, 202, 192], [176, 172, 164], y);
  for (const { x: cx, y: cy, radius } of SPHERES) {
    const shadow = Math.hypot((x - cx - radius * 0.5) / 1.5, (y - cy - radius * 0.95) * 3);
    if (shadow < radius && y > 0.55) colour = mix([40, 36, 34], colour, shadow / radius);
  }
  for (const { x: cx, y: cy, radius, colour: own } of SPHERES) {
    const dx = (x - cx) / radius;
    const dy = (y - cy) / radius;
    const d = dx * dx + dy * dy;
    if (d > 1) continue;
    const light = Math.max(0, -0.5 * dx - 0.65 * dy + 0.57 * Math.sqrt(1 - d));
    colour = mix(mix([18, 16, 20], own, 0.15 + light * 0.9), [255, 250, 240], Math.max(0, light - 0.86) * 5);
  }
  return colour;
};

/** Centre and half axes. */
type Oval = readonly [x: number, y: number, rx: number, ry: number];

/** A face of a few shapes. */
const face = (x: number, y: number): Rgb => {
  const inside = ([cx, cy, rx, ry]: Oval) => ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1;
  const skin = mix([242, 206, 176], [188, 134, 104], (x - 0.25) * 1.1 + (y - 0.3) * 0.3);
  if (inside([0.405, 0.47, 0.02, 0.022]) || inside([0.595, 0.47, 0.02, 0.022])) return [30, 34, 40];
  if (inside([0.405, 0.472, 0.052, 0.03]) || inside([0.595, 0.472, 0.052, 0.03])) return [246, 244, 240];
  if (inside([0.405, 0.405, 0.07, 0.014]) || inside([0.595, 0.405, 0.07, 0.014])) return [72, 46, 34];
  if (inside([0.5, 0.69, 0.085, 0.026])) return [186, 88, 84];
  if (inside([0.512, 0.585, 0.036, 0.028])) return mix(skin, [150, 96, 74], 0.35);
  if (inside([0.5, 0.53, 0.225, 0.3]) && y > 0.33 + 0.12 * (x - 0.5)) return skin;
  if (inside([0.5, 0.44, 0.3, 0.33]) && y < 0.8) return mix([86, 56, 40], [48, 30, 24], y);
  if (inside([0.5, 0.86, 0.1, 0.16])) return mix(skin, [120, 80, 62], 0.4);
  if (inside([0.5, 1.12, 0.42, 0.26])) return [58, 92, 110];
  return mix([204, 214, 210], [150, 168, 172], y);
};

/** What there is to try. */
export const SAMPLES: readonly Sample[] = [
  { name: 'face.png', title: 'A drawn face', shade: face },
  { name: 'hills.png', title: 'Evening hills', shade: hills },
  { name: 'spheres.png', title: 'Three spheres', shade: spheres },
  { name: 'julia.png', title: 'A Julia set', shade: julia },
];

/** How long is drawn before the page may do something else, milliseconds. */
const AT_A_TIME_MS = 6;

/** Draws a sample on a canvas of its own: twice as large, then smaller, so that its edges are smooth; in slices of a few milliseconds. */
export async function drawSample({ shade }: Sample, side: number): Promise<HTMLCanvasElement> {
  const large = side * 2;
  const image = new ImageData(large, large);
  const { data } = image;
  let began = 0;
  for (let row = 0, at = 0; row < large; row += 1) {
    if (performance.now() - began > AT_A_TIME_MS) {
      await new Promise((resolve) => setTimeout(resolve));
      began = performance.now();
    }
    for (let column = 0; column < large; column += 1, at += 4) {
      const colour = shade(column / large, row / large);
      data[at] = colour[0];
      data[at + 1] = colour[1];
      data[at + 2] = colour[2];
      data[at + 3] = 255;
    }
  }
  const canvas = canvasOf(side);
  const context = canvas.getContext('2d');
  const drawn = canvasOf(large);
  drawn.getContext('2d')?.putImageData(image, 0, 0);
  if (context !== null) context.imageSmoothingQuality = 'high';
  context?.drawImage(drawn, 0, 0, side, side);
  return canvas;
}

function canvasOf(side: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  return canvas;
}

/** A sample as a file. @throws Error where the browser makes no picture of a canvas */
export async function sampleFile(sample: Sample, side = 512): Promise<Blob> {
  const canvas = await drawSample(sample, side);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) =>
      blob === null ? reject(new Error('The browser cannot make a picture.')) : resolve(blob),
    );
  });
}
