/** How much of the past is looked at, and in which steps. */
export const SPANS = {
  hour: { title: 'Last hour', lengthMs: 3_600_000, per: 'minute', stepMs: 60_000 },
  day: { title: 'Last 24 hours', lengthMs: 86_400_000, per: 'hour', stepMs: 3_600_000 },
  week: { title: 'Last 7 days', lengthMs: 7 * 86_400_000, per: 'hour', stepMs: 3_600_000 },
  month: { title: 'Last 30 days', lengthMs: 30 * 86_400_000, per: 'day', stepMs: 86_400_000 },
} as const;
export type SpanName = keyof typeof SPANS;
export type Span = (typeof SPANS)[SpanName];

export const spanOf = (name: SpanName): Span => SPANS[name];

/** Reads the name of a span; anything else is the day. */
export function spanNamed(text: string | null): SpanName {
  return text !== null && Object.hasOwn(SPANS, text) ? (text as SpanName) : 'day';
}

/** The window of a span, whole steps: the last one is the step that is under way. @param now milliseconds since 1970 */
export function windowOf(name: SpanName, now: number): { from: Date; to: Date } {
  const { lengthMs, stepMs } = SPANS[name];
  const to = Math.floor(now / stepMs) * stepMs + stepMs;
  return { from: new Date(to - lengthMs), to: new Date(to) };
}

/** The beginnings of all steps of a window, milliseconds since 1970. */
export function stepsOf({ from, to }: { from: string; to: string }, stepMs: number): number[] {
  const first = Date.parse(from);
  const count = Math.max(0, Math.round((Date.parse(to) - first) / stepMs));
  return Array.from({ length: count }, (_, at) => first + at * stepMs);
}

/** Making a formatter takes far longer than formatting. */
const FORMATS: Readonly<Record<SpanName, Intl.DateTimeFormat>> = {
  hour: new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' }),
  day: new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' }),
  week: new Intl.DateTimeFormat(undefined, { weekday: 'short', hour: '2-digit', minute: '2-digit' }),
  month: new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' }),
};

/** A step in the reader's own time: `17:42`, `Fri 17:00`, `20 Nov`. */
export function stepText(name: SpanName, at: number): string {
  return FORMATS[name].format(at);
}
