import type { Frame } from './frame.ts';
import type { Profile, Span } from './span.ts';

/** Rows of a table, at most. */
const longest = 12;

/** A line of a table: mean milliseconds a run, calls a run. */
interface Line {
  name: string;
  duration: number;
  calls: number;
}

/** The profile as text: parts, layers, operators and the slowest nodes. */
export function describeProfile(profile: Profile, frame: Frame): string[] {
  const { subject, unit, runs, notes } = profile;
  const operators = runs.flat().filter(({ operator }) => operator !== undefined);
  const grouped = (name: (span: Span) => string) => linesOf(operators, { runs: runs.length, name });
  const layers = frame.children.flatMap((part) =>
    part.children
      .filter((child) => child.children.length > 0)
      .map(({ name, duration, calls }) => ({ name: `${part.name} ${name}`, duration, calls })),
  );
  const named = grouped(({ operator }) => operator!.type);
  const isLayered = layers.some(({ name }) => !named.some((line) => name.endsWith(` ${line.name}`)));
  const table = (title: string, lines: readonly Line[]) => tableOf(title, { lines, total: frame.duration });
  return [
    `${subject}: ${frame.duration.toFixed(3)} ms a ${unit}, mean of ${runs.length}`,
    ...notes,
    ...table('part', frame.children),
    ...(isLayered ? table('layer', layers.toSorted(byDuration)) : []),
    ...table('operator', named.toSorted(byDuration)),
    ...table('node', grouped(({ operator }) => `${operator!.type} ${operator!.sizes}`).toSorted(byDuration)),
  ];
}

const byDuration = (a: Line, b: Line) => b.duration - a.duration;

function linesOf(spans: readonly Span[], how: { runs: number; name: (span: Span) => string }): Line[] {
  const lines = new Map<string, Line>();
  for (const span of spans) {
    const name = how.name(span);
    const line = lines.get(name) ?? { name, duration: 0, calls: 0 };
    line.duration += span.duration / how.runs;
    line.calls += 1 / how.runs;
    lines.set(name, line);
  }
  return [...lines.values()];
}

function tableOf(title: string, { lines, total }: { lines: readonly Line[]; total: number }): string[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, longest);
  const rest = lines.slice(longest);
  const sum = (value: (line: Line) => number) => rest.reduce((all, line) => all + value(line), 0);
  if (rest.length > 0)
    shown.push({
      name: `${rest.length} more`,
      duration: sum(({ duration }) => duration),
      calls: sum(({ calls }) => calls),
    });
  const width = Math.max(title.length, ...shown.map(({ name }) => name.length));
  const row = (name: string, figures: readonly [string, string, string]) =>
    `  ${name.padEnd(width)} ${figures[0].padStart(10)} ${figures[1].padStart(7)} ${figures[2].padStart(7)}`;
  return [
    '',
    row(title, ['ms', '%', 'calls']),
    ...shown.map(({ name, duration, calls }) =>
      row(name, [
        duration.toFixed(3),
        total === 0 ? '' : ((100 * duration) / total).toFixed(1),
        String(Number(calls.toFixed(1))),
      ]),
    ),
  ];
}
