import type { Frame } from './frame.ts';

const width = 1200;
const rowHeight = 20;
const margin = 10;
const header = 34;
/** Narrower frames are not drawn: pixels. */
const narrowest = 0.3;
const characterWidth = 6.6;

/** A frame in its place: pixels from the left, rows from the top. */
interface Placed {
  frame: Frame;
  left: number;
  pixels: number;
  row: number;
}

/**
 * A flame graph (Gregg 2016, "The Flame Graph") as an SVG that needs nothing else: the whole at the top, below each
 * frame what it consists of, widths in proportion to time. What is left empty below a frame is its own time.
 */
export function flameGraph(root: Frame, title: string): string {
  const placed = place({ frame: root, left: margin, pixels: width - 2 * margin, row: 0 });
  const rows = Math.max(...placed.map(({ row }) => row)) + 1;
  const height = header + rows * rowHeight + margin;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
      'role="img" font-family="ui-sans-serif, system-ui, sans-serif" font-size="12">',
    `<title>${escape(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="${margin}" y="22" font-size="15" fill="#1b1b1b">${escape(title)}</text>`,
    ...placed.map((one) => draw(one, root.duration)),
    '</svg>',
    '',
  ].join('\n');
}

function place(outer: Placed): Placed[] {
  const { frame, left, pixels, row } = outer;
  const inside = frame.children.reduce((sum, child) => sum + child.duration, 0);
  // Parts that overlap, or were measured on another clock, may add up to more than the whole.
  const scale = pixels / Math.max(frame.duration, inside, Number.MIN_VALUE);
  let at = left;
  const below = frame.children.flatMap((child) => {
    const wide = child.duration * scale;
    const started = at;
    at += wide;
    return wide < narrowest ? [] : place({ frame: child, left: started, pixels: wide, row: row + 1 });
  });
  return [outer, ...below];
}

function draw({ frame, left, pixels, row }: Placed, total: number): string {
  const y = header + row * rowHeight;
  const share = total === 0 ? 0 : (100 * frame.duration) / total;
  const hint = `${frame.name}: ${frame.duration.toFixed(3)} ms, ${share.toFixed(1)} %, ${Number(frame.calls.toFixed(1))} calls`;
  const room = Math.floor((pixels - 6) / characterWidth);
  const text = frame.name.length <= room ? frame.name : room > 3 ? `${frame.name.slice(0, room - 1)}…` : '';
  return (
    `<g><title>${escape(hint)}</title>` +
    `<rect x="${left.toFixed(2)}" y="${y}" width="${Math.max(0.2, pixels - 0.5).toFixed(2)}" height="${rowHeight - 1}" ` +
    `rx="1" fill="${colourOf(frame.name)}"/>` +
    (text === ''
      ? ''
      : `<text x="${(left + 3).toFixed(2)}" y="${y + 14}" fill="#1b1b1b">${escape(text)}</text>`) +
    '</g>'
  );
}

/** A light warm colour that depends on the first word alone, so that equal operators look equal. */
function colourOf(name: string): string {
  const [word = ''] = name.split(' ');
  let hash = 0;
  for (const character of word) hash = (hash * 31 + character.charCodeAt(0)) % 997;
  return `hsl(${10 + (hash % 50)} 85% ${64 + (hash % 16)}%)`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
