import type { SweepDetails } from '@assay/schema';
import { Figure } from '../../design/figure.tsx';
import { number } from '../../design/format.ts';
import { figureText } from '../figure-text.ts';
import { wordsForMetric } from '../metric-words.ts';
import { axesOf } from './axes.ts';

/** Of the picture, pixels; it is scrolled where it is wider than its place. */
const GAP = 150;
const HEIGHT = 320;
const MARGIN = { top: 44, bottom: 16, side: 70 };

/** Longest text along an axis, in characters. */
const TICK_LENGTH = 14;

/** A sweep's trials as lines across an axis for each parameter and one for what was achieved: the better, the stronger. */
export function ParallelCoordinates({ sweep }: { readonly sweep: SweepDetails }) {
  const { trials, metric, best, parameters } = sweep;
  const axes = axesOf(sweep);
  const shown = trials.filter(({ value }) => typeof value === 'number');
  const last = axes.at(-1)!;
  const isLowerBetter = wordsForMetric(metric).better === 'lower';
  const quality = (value: number | null | undefined) => {
    const place = last.placeOf(value) ?? 0;
    return isLowerBetter ? 1 - place : place;
  };
  const x = (at: number) => MARGIN.side + at * GAP;
  const y = (place: number) => MARGIN.top + (1 - place) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  const width = MARGIN.side * 2 + (axes.length - 1) * GAP;
  const pathOf = ({ values, value }: (typeof shown)[number]) =>
    axes
      .flatMap(({ key, placeOf }, at) => {
        const place = placeOf(at === axes.length - 1 ? value : values[key]);
        return place === undefined ? [] : [`${x(at)},${y(place)}`];
      })
      .join(' ');
  return (
    <Figure
      title="Every trial, from its settings to what it achieved"
      note={`A line a trial: the stronger, the better its ${wordsForMetric(metric).name.toLowerCase()} on validation. Orange is the best, dashed the default.`}
      table={{
        columns: ['Trial', ...parameters.map(({ key }) => key), wordsForMetric(metric).name],
        rows: () => shown.map(({ trial, values, value }) => [
          trial === 0 ? 'default' : String(trial),
          ...parameters.map(({ key }) => {
            const one = values[key];
            return typeof one === 'number' ? number(one) : String(one ?? '–');
          }),
          figureText(metric, value!),
        ]),
      }}
    >
      <div className="wide" tabIndex={0} role="region" aria-label="Parallel coordinates">
        <svg className="models-parallel" width={width} height={HEIGHT} aria-hidden="true">
          {shown
            .toSorted((a, b) => quality(a.value) - quality(b.value))
            .map((trial) => {
              const isBest = trial.trial === best;
              return (
                <polyline
                  key={trial.trial}
                  points={pathOf(trial)}
                  fill="none"
                  stroke={isBest ? 'var(--data-2)' : 'var(--data-1)'}
                  strokeWidth={isBest ? 3 : 1.5}
                  strokeOpacity={isBest ? 1 : 0.2 + 0.6 * quality(trial.value)}
                  strokeLinejoin="round"
                  {...(trial.trial === 0 ? { strokeDasharray: '5 4' } : {})}
                />
              );
            })}
          {axes.map(({ key, title, ticks }, at) => (
            <g key={key}>
              <line x1={x(at)} x2={x(at)} y1={y(1)} y2={y(0)} stroke="var(--line-strong)" />
              <text className="models-parallel-title" x={x(at)} y={18} textAnchor="middle">
                {title}
              </text>
              {ticks.map(({ place, text }) => (
                <text
                  key={text}
                  className="models-parallel-tick"
                  x={x(at) + 6}
                  y={y(place)}
                  dominantBaseline={place === 1 ? 'text-before-edge' : 'middle'}
                >
                  {text.length > TICK_LENGTH ? `${text.slice(0, TICK_LENGTH - 1)}…` : text}
                </text>
              ))}
            </g>
          ))}
        </svg>
      </div>
    </Figure>
  );
}
