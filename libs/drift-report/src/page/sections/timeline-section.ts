import type { DriftReport, TimelinePoint } from '@assay/schema';
import { featureName } from '../../wording/feature-name.ts';
import { countWords, numberWords, percentWords } from '../../wording/numbers.ts';
import { timeWords } from '../../wording/time-words.ts';
import { joinSteps } from '../charts/join-steps.ts';
import { timeChart, type TimeChart } from '../charts/time-chart.ts';
import { legend } from '../legend.ts';
import { LIMITS } from '../limits.ts';
import { isolated, markup, type Markup } from '../markup.ts';

/** The window step by step: requests, confidence, and the effects of the features that stand first. */
export function timelineSection({ timeline }: DriftReport): Markup | undefined {
  if (timeline.length === 0) return undefined;
  const points = joinSteps(
    timeline.toSorted((a, b) => Date.parse(a.from) - Date.parse(b.from)),
    LIMITS.steps,
  );
  const charts = [requests(points), troubles(points), confidence(points), ...effects(points)];
  return markup`<section><h2 id="timeline">Over time</h2>
<p>Times are UTC. Effects are in units of each feature’s threshold: from the dashed line on they count.</p>
<ul class="cards">${charts.filter((chart) => chart !== undefined).map(({ heading, chart, marks }) => markup`<li class="card"><h3>${heading}</h3>${chart}${marks}</li>`)}</ul></section>
`;
}

interface Titled {
  heading: Markup;
  chart: Markup;
  marks?: Markup;
}

type Drawn = Pick<TimeChart, 'layers' | 'least' | 'limit' | 'tick'> & { unit: (value: number) => string };

const troubleMarks = legend([
  { style: 'current-solid', text: 'failed' },
  { style: 'refused-solid', text: 'refused' },
]);

/** No axis needs to tell greater effects apart, in thresholds. */
const MOST = 1e6;

/** A chart with its greatest value in words. */
function titled(
  points: readonly TimelinePoint[],
  { id, title, drawn }: { id: string; title: string; drawn: Drawn },
): Titled {
  const { unit, ...rest } = drawn;
  const steps = points.map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) }));
  const sums = points.map((_, i) => {
    const values = drawn.layers.map(({ values }) => values[i]).filter((v) => typeof v === 'number');
    return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) : null;
  });
  const most = sums.reduce<number>((best, sum, i) => ((sum ?? -1) > (sums[best] ?? -1) ? i : best), 0);
  const description =
    (sums[most] ?? null) === null
      ? 'No values.'
      : `Highest: ${unit(sums[most]!)} from ${timeWords(points[most]!.from)} UTC.`;
  return {
    heading: isolated(title),
    chart: timeChart({ id, title, description, steps, ...rest }),
  };
}

function requests(points: readonly TimelinePoint[]): Titled {
  const values = points.map(({ records }) => records);
  const drawn = {
    layers: [{ values, kind: 'bars' as const, style: 'reference-solid' }],
    unit: countWords,
  };
  return titled(points, { id: 'time-records', title: 'Records', drawn });
}

function troubles(points: readonly TimelinePoint[]): Titled | undefined {
  if (points.every(({ refused, failed }) => refused + failed === 0)) return undefined;
  const layers = [
    { values: points.map(({ failed }) => failed), kind: 'bars' as const, style: 'current-solid' },
    { values: points.map(({ refused }) => refused), kind: 'bars' as const, style: 'refused-solid' },
  ];
  const drawn = { layers, unit: countWords };
  const title = 'Failed and refused requests';
  return { ...titled(points, { id: 'time-troubles', title, drawn }), marks: troubleMarks };
}

function confidence(points: readonly TimelinePoint[]): Titled | undefined {
  const values = points.map(({ meanConfidence }) => meanConfidence);
  if (values.every((value) => value === null)) return undefined;
  const layers = [{ values, kind: 'line' as const, style: 'current-line' }];
  const drawn = { layers, least: 1, tick: percentTick, unit: percentWords };
  return titled(points, { id: 'time-confidence', title: 'Mean confidence', drawn });
}

function effects(points: readonly TimelinePoint[]): Titled[] {
  const names = [...new Set(points.flatMap(({ effects }) => Object.keys(effects)))];
  return names.slice(0, LIMITS.curves).map((name, at) => {
    const values = points.map(({ effects }) => {
      const effect = Object.hasOwn(effects, name) ? effects[name]! : null;
      return effect === null ? null : Math.max(0, Math.min(MOST, effect));
    });
    const layers = [{ values, kind: 'line' as const, style: 'current-line' }];
    const unit = (value: number) => `${numberWords(value)} times the threshold`;
    const drawn = { layers, least: 1.5, limit: 1, unit };
    return titled(points, {
      id: `time-effect-${at}`,
      title: `Effect on ${featureName(name).title}, × threshold`,
      drawn,
    });
  });
}

const percentTick = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;
