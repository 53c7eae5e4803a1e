import { describe, expect, it } from '@jest/globals';
import { decodeImage, renderSvg } from '@assay/preprocessing';
import { barChart } from './bar-chart.ts';
import { distinctNames } from './chart.ts';
import { heatTable } from './heat-table.ts';
import { lineChart } from './line-chart.ts';
import { parallelCoordinates } from './parallel-coordinates.ts';
import { reliabilityDiagram } from './reliability-diagram.ts';
import { scatterChart } from './scatter-chart.ts';
import { seriesColours, seriesStyles, themes } from './theme.ts';

const hostile = `</text></svg><script>alert(1)</script>" onload='x' &amp; \u0000\ud800 \${7*7}`;
const loss = {
  title: 'Loss',
  x: { title: 'epoch' },
  y: { title: 'loss' },
  series: [
    {
      name: 'a',
      points: [
        { x: 1, y: 1 },
        { x: 2, y: 0.5 },
        { x: 3, y: 0.25 },
      ],
    },
    {
      name: 'b',
      points: [
        { x: 1, y: 2 },
        { x: 2, y: 1 },
      ],
    },
  ],
};

/** One picture of each kind, with this text wherever text can be. */
function pictures(text: string): Record<string, Promise<string>> {
  return {
    line: lineChart({
      title: text,
      x: { title: text },
      y: { title: text },
      series: [text, `${text}2`].map((name) => ({ name, points: [{ x: 1, y: 1 }] })),
    }),
    bar: barChart({
      title: text,
      value: { title: text },
      bars: [{ label: text, value: 1, low: 0.5, high: 1.5, group: text }],
    }),
    heat: heatTable({
      title: text,
      rows: { title: text, labels: [text, text] },
      columns: { title: text, labels: [text, text] },
      values: [
        [1, 2],
        [3, 4],
      ],
    }),
    scatter: scatterChart({
      title: text,
      x: { title: text },
      y: { title: text },
      size: text,
      points: [{ x: 1, y: 2, label: text, group: text, size: 3 }],
    }),
    parallel: parallelCoordinates({
      title: text,
      better: 'higher',
      dimensions: [{ name: text }, { name: text }],
      trials: [{ values: [text, 1] }],
    }),
    reliability: reliabilityDiagram([{ from: 0.5, to: 1, count: 4, confidence: 0.8, accuracy: 0.75 }], {
      title: text,
    }),
  };
}

/** The points of every line: `M` and `L` commands of paths that have a stroke and no fill. */
function linesOf(svg: string, colour: string): number[][][] {
  return [...svg.matchAll(/<path [^>]*\bd="(M[^"Z]*)"[^>]*>/g)]
    .filter(([tag]) => tag.includes(`stroke="${colour}"`) && tag.includes('stroke-width="2"'))
    .map(([, d]) =>
      d!
        .slice(1)
        .split('L')
        .map((point) => point.split(',').map(Number)),
    );
}

describe('every picture', () => {
  it.each(Object.keys(pictures('')))('%s: holds hostile text as text, and stays an SVG', async (kind) => {
    const svg = await pictures(hostile)[kind]!;
    expect(svg).not.toMatch(/<script|<\/text><\/svg>/);
    expect(svg).not.toContain('\u0000');
    expect(svg.match(/<svg /g)).toHaveLength(1);
    const attributes = svg.replace(/"[^"]*"/g, '""').match(/[\w:-]+(?=="")/g)!;
    expect(attributes.filter((name) => /^on|href|src$/.test(name))).toEqual([]);
    const png = await renderSvg(svg, { scale: 0.5 });
    expect(png.byteLength).toBeGreaterThan(200);
  });

  it.each(Object.keys(pictures('')))('%s: gives equal bytes for equal input', async (kind) => {
    expect(await pictures('same')[kind]!).toBe(await pictures('same')[kind]!);
  });

  it('can be drawn of nothing', async () => {
    const none = { x: { title: 'x' }, y: { title: 'y' } };
    const empty = await Promise.all([
      lineChart({ ...none, series: [] }),
      scatterChart({ ...none, points: [] }),
      barChart({ value: { title: 'v' }, bars: [] }),
      heatTable({ rows: { title: 'r', labels: [] }, columns: { title: 'c', labels: [] }, values: [] }),
      parallelCoordinates({ dimensions: [{ name: 'a' }], trials: [], better: 'lower' }),
      reliabilityDiagram([]),
    ]);
    for (const svg of empty) expect(svg).toMatch(/^<svg .*<\/svg>$/s);
  });

  it('says for a screen reader what it is', async () => {
    expect(await lineChart({ ...loss, description: 'Loss "falls"' })).toMatch(
      /^<svg [^>]*role="img" aria-label="Loss &quot;falls&quot;"/,
    );
  });

  it('has a paper of its own, so that its ink is legible on any page', async () => {
    const svg = await lineChart(loss);
    expect(svg).toContain(`fill="${themes.light.paper}"`);
    const { data } = await decodeImage(await renderSvg(svg), {
      spec: { autoOrient: false, icc: false, background: [0, 0, 0], colour: 'rgb' },
    });
    expect([...data.subarray(0, 3)]).toEqual([0xfd, 0xfd, 0xfd]);
    for (const { paper, ink, muted } of Object.values(themes)) {
      expect(contrast(ink, paper)).toBeGreaterThan(7);
      expect(contrast(muted, paper)).toBeGreaterThan(4.5);
    }
  });

  it('has series that stand out from both papers (WCAG 1.4.11: 3:1) and differ in more than colour', () => {
    for (const colour of seriesColours)
      for (const { paper } of Object.values(themes)) expect(contrast(colour, paper)).toBeGreaterThan(3);
    const { colours, dashes } = seriesStyles(16);
    expect(new Set(colours.map((colour, index) => `${colour} ${dashes[index]!.join()}`)).size).toBe(16);
  });
});

describe('lineChart', () => {
  it('draws points where their values are: falling values fall, halves lie half-way', async () => {
    const [line] = linesOf(await lineChart(loss), seriesColours[0]);
    expect(line!.map(([x]) => x)).toEqual([0, 260, 520]);
    const [first, second, third] = line!.map(([, y]) => y!);
    // y = 1, 0.5, 0.25 on a linear axis: the first step is twice the second.
    expect((second! - first!) / (third! - second!)).toBeCloseTo(2, 2);
    expect(second!).toBeGreaterThan(first!);
  });

  it('leaves out what has no place: NaN, infinity, and 0 on a logarithmic axis', async () => {
    const points = [1, Number.NaN, Infinity, 0.1, 0, 0.01].map((y, x) => ({ x, y }));
    const svg = await lineChart({
      x: { title: '' },
      y: { title: '', scale: 'log' },
      series: [{ name: '', points }],
    });
    const [line] = linesOf(svg, seriesColours[0]);
    expect(line!.map(([x]) => x)).toEqual([0, 312, 520]);
    expect(line![1]![1]!).toBeCloseTo((line![0]![1]! + line![2]![1]!) / 2, 1);
  });

  it('tells series of the same name apart', async () => {
    expect(distinctNames(['a', 'a', 'b', 'a'])).toEqual(['a', 'a (2)', 'b', 'a (3)']);
    const svg = await lineChart({ ...loss, series: loss.series.map((one) => ({ ...one, name: 'run' })) });
    expect(svg).toMatch(/>run<[^]*>run \(2\)</);
  });

  it('does not share ids with another picture in the same page', async () => {
    const charts = await Promise.all([1, 2].map((y) => reliabilityDiagram([], { title: `r${y}` })));
    const ids = charts.flatMap((svg) => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    expect(new Set(ids).size).toBe(ids.length);
    for (const svg of charts)
      for (const [, id] of svg.matchAll(/url\(#([^)]+)\)/g)) expect(svg).toContain(`id="${id!}"`);
  });
});

describe('heatTable', () => {
  const table = (colour: 'row-share' | 'value') =>
    heatTable({
      rows: { title: 'true', labels: ['a', 'b'] },
      columns: { title: 'answered', labels: ['a', 'b'] },
      values: [
        [90, 10],
        [0, 1],
      ],
      colour,
    });
  const fills = (svg: string) =>
    [...svg.matchAll(/<path [^>]*d="M\d[^"]*"[^>]*fill="(rgb\([^"]*\))"/g)].map(([, fill]) => fill!);

  it('colours by the share of the row, and by the value', async () => {
    const byRow = fills(await table('row-share'));
    expect(byRow).toHaveLength(4);
    expect(byRow[2]).toBe('rgb(242, 246, 251)');
    expect(byRow[3]).toBe('rgb(8, 48, 107)');
    const byValue = fills(await table('value'));
    expect(byValue[0]).toBe('rgb(8, 48, 107)');
    expect(byValue[3]).not.toBe('rgb(8, 48, 107)');
  });

  it('writes the counts where there is room', async () => {
    for (const count of [90, 10, 0, 1]) expect(await table('row-share')).toContain(`>${count}</text>`);
    const labels = Array.from({ length: 60 }, (_, at) => `class ${at}`);
    const large = await heatTable({
      rows: { title: 'r', labels },
      columns: { title: 'c', labels },
      values: labels.map(() => labels.map(() => 777)),
    });
    expect(large).not.toContain('>777<');
  });
});

describe('parallelCoordinates', () => {
  it('puts numbers in proportion, logarithms too, and words in order; the best is drawn apart', async () => {
    const svg = await parallelCoordinates({
      better: 'higher',
      width: 300,
      height: 100,
      dimensions: [{ name: 'rate', scale: 'log' }, { name: 'kind' }, { name: 'accuracy' }],
      trials: [{ values: [0.001, 'b', 0.5] }, { values: [0.01, 'a', 0.9] }, { values: [0.1, 'c', 0.7] }],
    });
    const best = [...svg.matchAll(/<path [^>]*d="(M[^"]*)"[^>]*stroke-width="3.5"/g)];
    expect(best).toHaveLength(1);
    const heights = best[0]![1]!
      .slice(1)
      .split('L')
      .map((point) => Number(point.split(',')[1]));
    // 0.01 is half-way from 0.001 to 0.1; "a" is the first word; 0.9 the highest accuracy.
    expect(heights).toEqual([50, 100, 0]);
  });
});

/** WCAG 2.2 contrast of two colours `#rrggbb`. */
function contrast(first: string, second: string): number {
  const luminance = (colour: string) => {
    const [red, green, blue] = [1, 3, 5]
      .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  };
  const [low, high] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
}
