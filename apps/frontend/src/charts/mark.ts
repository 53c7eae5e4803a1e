import type uPlot from 'uplot';
import type { Paint } from './paint.ts';

/** A line across at a place or a value, with its words. */
export interface Mark {
  readonly place?: number;
  readonly value?: number;
  readonly text: string;
}

/** Between the line and its words, CSS pixels. */
const APART = 5;

/** Draws a mark over the lines. */
export function markHook({ place, value, text }: Mark, paint: Paint): (plot: uPlot) => void {
  const line = paint('var(--ink-faint)');
  const words = paint('var(--ink-soft)');
  return ({ ctx, bbox, valToPos }) => {
    const ratio = window.devicePixelRatio;
    const x = place === undefined ? undefined : valToPos(place, 'x', true);
    const y = value === undefined ? undefined : valToPos(value, 'y', true);
    ctx.save();
    ctx.strokeStyle = line;
    ctx.fillStyle = words;
    ctx.lineWidth = ratio;
    ctx.setLineDash([3 * ratio, 4 * ratio]);
    ctx.font = `${12 * ratio}px 'Inter Variable', system-ui, sans-serif`;
    ctx.beginPath();
    if (x !== undefined) {
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.textAlign = 'right';
      ctx.textBaseline = 'top';
      ctx.fillText(text, x - APART * ratio, bbox.top);
    } else if (y !== undefined) {
      ctx.moveTo(bbox.left, y);
      ctx.lineTo(bbox.left + bbox.width, y);
      ctx.textAlign = 'left';
      ctx.textBaseline = 'bottom';
      ctx.fillText(text, bbox.left + APART * ratio, y - 2 * ratio);
    }
    ctx.stroke();
    ctx.restore();
  };
}
