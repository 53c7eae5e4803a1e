import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import uPlot from 'uplot';
import { paintAt, type Paint } from './paint.ts';
import { useAppearance } from './use-appearance.ts';

export interface PlotProps {
  /** For those who listen: what is drawn. */
  readonly label: string;
  /** Pixels. */
  readonly height: number;
  /** Ascending places, and values for each series. */
  readonly data: uPlot.AlignedData;
  options(paint: Paint): Pick<uPlot.Options, 'series' | 'scales' | 'axes' | 'padding' | 'hooks' | 'ms'>;
  /** What is said of the place at an index. */
  tip(index: number): ReactNode;
}

/** A place that is pointed at. */
interface Pointed {
  readonly index: number;
  /** From the left of the chart, and the width of it; pixels. */
  readonly left: number;
  readonly width: number;
}

/** A chart by uPlot, on a canvas: pointed at by mouse or arrow keys, it says its values. */
export function Plot({ label, height, data, options, tip }: PlotProps) {
  const place = useRef<HTMLDivElement>(null);
  const drawn = useRef<uPlot>(undefined);
  const [pointed, point] = useState<Pointed>();
  const appearance = useAppearance();

  useEffect(() => {
    const element = place.current!;
    // Each in a task of its own: several at once would hold the page.
    const drawing = setTimeout(() => {
      drawn.current?.destroy();
      const own = options(paintAt(element));
      drawn.current = new uPlot(
        {
          ...own,
          width: widthOf(element),
          height,
          legend: { show: false },
          cursor: { drag: { x: false, y: false }, y: false },
          hooks: {
            ...own.hooks,
            setCursor: [(plot) => point((before) => pointedAt(plot, before))],
          },
        },
        data,
        element,
      );
    });
    return () => clearTimeout(drawing);
  }, [data, options, height, appearance]);

  useEffect(() => {
    const element = place.current!;
    const size = new ResizeObserver(() => {
      if (drawn.current !== undefined && drawn.current.width !== widthOf(element))
        drawn.current.setSize({ width: widthOf(element), height });
    });
    size.observe(element);
    return () => size.disconnect();
  }, [height]);

  useEffect(() => {
    // Fonts that come late are written with, too.
    void document.fonts.ready.then(() => drawn.current?.redraw(false, true));
    return () => {
      drawn.current?.destroy();
      drawn.current = undefined;
    };
  }, []);

  return (
    <div
      className="chart-plot"
      role="application"
      aria-roledescription="chart"
      aria-label={`${label}. Arrow keys walk along it.`}
      tabIndex={0}
      style={{ minHeight: height }}
      onKeyDown={(event) => walk(event, drawn.current, pointed?.index)}
      onBlur={() => point(undefined)}
    >
      <div ref={place} aria-hidden="true" />
      <div className="chart-tip-place" aria-live="polite" style={pointed && sideOf(pointed)}>
        {pointed !== undefined && pointed.index < data[0].length && tip(pointed.index)}
      </div>
    </div>
  );
}

/** uPlot takes no width of nothing. */
const widthOf = (element: HTMLElement) => Math.max(1, element.clientWidth);

function pointedAt(plot: uPlot, before: Pointed | undefined): Pointed | undefined {
  const { idx, left = -1 } = plot.cursor;
  if (idx == null || left < 0) return undefined;
  if (before?.index === idx && before.width === plot.width) return before;
  const inPlot = plot.valToPos(plot.data[0][idx]!, 'x');
  return { index: idx, left: plot.over.offsetLeft + inPlot, width: plot.width };
}

/** Beside what is pointed at, on the side that has more room. */
function sideOf({ left, width }: Pointed) {
  return left < width / 2 ? { left: left + 12 } : { right: width - left + 12 };
}

/** Keys move what is pointed at. */
function walk(event: KeyboardEvent, plot: uPlot | undefined, index: number | undefined): void {
  if (plot === undefined) return;
  const last = plot.data[0].length - 1;
  const targets: Readonly<Record<string, number>> = {
    ArrowRight: Math.min(last, (index ?? -1) + 1),
    ArrowLeft: Math.max(0, (index ?? last + 1) - 1),
    Home: 0,
    End: last,
  };
  const target = targets[event.key];
  if (target === undefined || last < 0) return;
  event.preventDefault();
  plot.setCursor({ left: plot.valToPos(plot.data[0][target]!, 'x'), top: 0 });
}
