import { styleText } from 'node:util';
import type { DriftReport, DriftVerdict } from '@assay/schema';
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import { clip, LENGTHS } from '../wording/clean-text.ts';
import { aspectTitle } from '../wording/feature-name.ts';
import { impactOf } from '../wording/impact.ts';
import { nextSteps } from '../wording/next-steps.ts';
import { countWords, effectWords, plural, pValueWords } from '../wording/numbers.ts';
import { windowWords } from '../wording/time-words.ts';
import { verdictSigns, verdictWords, withoutVerdict } from '../wording/verdict-words.ts';
import { aligned, fitted } from './columns.ts';

export interface DescribeOptions {
  /** Columns of the terminal, 40 at least; default 80. */
  width?: number;
  /** Whether to use the terminal's colours; default false. */
  colour?: boolean;
}

const FEATURES = 8;
const STEPS = 4;
/** Columns that names and changes need beside numbers. */
const LEAST_WORDS = 32;
/** Lines of one sentence. */
const SENTENCE_LINES = 3;
const COLOURS = { drifted: 'red', stable: 'green', 'insufficient-data': 'blue' } as const;

type Paint = (text: string, style: 'bold' | 'dim' | (typeof COLOURS)[DriftVerdict]) => string;

/**
 * A report for a terminal, 40 lines at most: the verdict, the features that matter, whether it hurts, what to do. No line is wider than
 * the terminal, and nothing of a client can move its cursor.
 */
export function describeReport(report: DriftReport, options: DescribeOptions = {}): string {
  const { colour = false } = options;
  const width = Math.max(40, options.width ?? 80);
  const paint: Paint = (text, style) => (colour ? styleText(style, text, { validateStream: false }) : text);
  const { verdict, model, window, summary, records, performance } = report;
  const word = `${verdictSigns[verdict]} ${verdictWords[verdict].toUpperCase()}`;
  const wrapped = (text: string, first: string, rest = ' '.repeat(stringWidth(first))) =>
    wrap(text, { first, rest, width });
  const name = fitted(`${model.name}@${model.version}`, width - stringWidth(word) - 2);
  const steps = nextSteps(report);
  return [
    `${paint(paint(word, COLOURS[verdict]), 'bold')}  ${paint(name, 'bold')}`,
    ...wrapped(clip(withoutVerdict(summary), LENGTHS.summary), ''),
    ...wrapped(windowWords(window), '').map((line) => paint(line, 'dim')),
    ...wrapped(recordsLine(records), '').map((line) => paint(line, 'dim')),
    '',
    ...featureLines(report, { width, paint }),
    ...((performance.before ?? performance.expected ?? performance.realised)
      ? ['', paint('Does it hurt?', 'bold'), ...wrapped(impactOf(performance).sentence, '')]
      : []),
    '',
    paint('What to do', 'bold'),
    ...steps.slice(0, STEPS).flatMap((step, at) => wrapped(step, steps.length === 1 ? '' : `${at + 1}. `)),
  ].join('\n');
}

function wrap(
  text: string,
  { first, rest, width }: { first: string; rest: string; width: number },
): string[] {
  const lines = wrapAnsi(text, width - stringWidth(first), { hard: true }).split('\n');
  const shown = lines.slice(0, SENTENCE_LINES);
  if (lines.length > shown.length)
    shown[shown.length - 1] = fitted(`${shown.at(-1)!} …`, width - stringWidth(first));
  return shown.map((line, at) => `${at === 0 ? first : rest}${line}`);
}

function recordsLine({
  total,
  answered,
  refused,
  failed,
  cancelled,
  passedOver,
}: DriftReport['records']): string {
  const parts = [
    `${countWords(answered)} answered`,
    ...(refused > 0 ? [`${countWords(refused)} refused`] : []),
    ...(failed > 0 ? [`${countWords(failed)} failed`] : []),
    ...(cancelled > 0 ? [`${countWords(cancelled)} cancelled`] : []),
    ...(passedOver > 0 ? [`${plural(passedOver, 'line')} passed over`] : []),
  ];
  return `${plural(total, 'request')}: ${parts.join(', ')}`;
}

/** The features that matter: those that drifted; else those nearest to it. */
function featureLines(
  { features }: DriftReport,
  { width, paint }: { width: number; paint: Paint },
): string[] {
  const drifted = features.filter(({ verdict }) => verdict === 'drifted');
  const shown = (drifted.length > 0 ? drifted : features).slice(0, drifted.length > 0 ? FEATURES : 3);
  if (shown.length === 0) return ['No feature could be compared.'];
  const numbers = shown.map(({ effect, threshold, adjusted, measure }) => [
    effectWords(effect, measure),
    effectWords(threshold, measure),
    pValueWords(adjusted),
  ]);
  const heads = ['effect', 'threshold', 'adj. p'];
  const taken = heads.map((head, i) => 2 + Math.max(head.length, ...numbers.map((row) => row[i]!.length)));
  // The sign and the gaps of the columns of words take five; a narrow terminal has no room for numbers.
  const left = width - 5 - taken.reduce((sum, one) => sum + one, 0);
  const wide = left >= LEAST_WORDS;
  const words = wide ? left : width - 5;
  const titles = shown.map((feature) => aspectTitle(feature));
  const name = Math.min(Math.ceil(words / 2), Math.max(...titles.map((title) => stringWidth(title)), 7));
  const rows = shown.map((feature, i) => [
    verdictSigns[feature.verdict],
    fitted(titles[i]!, name),
    fitted(feature.direction, words - name),
    ...(wide ? numbers[i]! : []),
  ]);
  const head = ['', 'feature', 'change', ...(wide ? heads : [])];
  const [title, ...lines] = aligned([head, ...rows], new Set([3, 4, 5]));
  return [
    paint(title!, 'dim'),
    ...lines.map((line, at) => paint(line, COLOURS[shown[at]!.verdict])),
    ...others(features, shown.length)
      .flatMap((line) => wrap(line, { first: '', rest: '', width }))
      .map((line) => paint(line, 'dim')),
  ];
}

/** What the table leaves out, counted. */
function others(features: DriftReport['features'], shown: number): string[] {
  const rest = features.slice(shown);
  const count = (verdict: DriftVerdict) => rest.filter((feature) => feature.verdict === verdict).length;
  const parts = (['drifted', 'insufficient-data', 'stable'] as const)
    .filter((verdict) => count(verdict) > 0)
    .map((verdict) => `${countWords(count(verdict))} ${verdictWords[verdict].toLowerCase()}`);
  return parts.length > 0 ? [`and ${parts.join(', ')}`] : [];
}
