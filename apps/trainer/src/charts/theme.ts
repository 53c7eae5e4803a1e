/** Colours that change with the background; pictures are drawn in those of `light`. */
export const themes = {
  light: { paper: '#fdfdfd', ink: '#24292f', muted: '#656d76', grid: '#e3e6ea' },
  dark: { paper: '#0d1117', ink: '#d0d7de', muted: '#8b949e', grid: '#30363d' },
} as const;

/**
 * Colours of series: those of Okabe and Ito (2008, "Color Universal Design"), told apart under every common
 * kind of colour blindness, that keep a contrast of 3:1 (WCAG 2.2, 1.4.11) to both papers. Past four series the
 * dashes and the shapes change as well.
 */
export const seriesColours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7'] as const;

const dashes = [
  [1, 0],
  [6, 3],
  [2, 2],
  [8, 3, 2, 3],
];
const shapes = ['circle', 'square', 'diamond', 'triangle-up', 'triangle-down', 'cross'];

/** Colour, dash and point shape of each of so many series. */
export function seriesStyles(count: number): { colours: string[]; dashes: number[][]; shapes: string[] } {
  const each = <T>(pick: (index: number) => T) => Array.from({ length: count }, (_, index) => pick(index));
  return {
    colours: each((index) => seriesColours[index % seriesColours.length]!),
    dashes: each((index) => dashes[Math.floor(index / seriesColours.length) % dashes.length]!),
    shapes: each((index) => shapes[index % shapes.length]!),
  };
}

/** From little to much: lightness falls evenly, so that it reads the same without colour. */
export const sequential = ['#f2f6fb', '#08306b'] as const;

const { paper, ink, muted, grid } = themes.light;

/** Vega-Lite's configuration of every picture. */
export const chartConfig = {
  aria: false,
  background: paper,
  font: 'system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif',
  padding: 12,
  title: { color: ink, fontSize: 14, fontWeight: 600, anchor: 'start' as const, offset: 12 },
  view: { stroke: null },
  axis: {
    labelColor: ink,
    titleColor: ink,
    labelFontSize: 11,
    titleFontSize: 12,
    titleFontWeight: 500 as const,
    gridColor: grid,
    domainColor: muted,
    tickColor: muted,
    labelLimit: 220,
    labelFlush: false,
  },
  axisQuantitative: { format: '~r' },
  legend: {
    labelColor: ink,
    titleColor: ink,
    labelFontSize: 11,
    labelLimit: 260,
    symbolSize: 70,
    symbolStrokeWidth: 2,
  },
};

/** Style sheet of a picture: the dark theme where its reader has asked for one. */
export const themeStyle = `@media (prefers-color-scheme: dark) {${Object.keys(themes.light)
  .map((name) => name as keyof typeof themes.light)
  .map((name) => {
    const [light, dark] = [themes.light[name], themes.dark[name]];
    return `.assay-chart [fill="${light}"]{fill:${dark}}.assay-chart [stroke="${light}"]{stroke:${dark}}`;
  })
  .join('')}}`;
