import type { Ask } from './ask.ts';

/** What is said of one picture of several. */
export interface ExportedResult {
  readonly file: string;
  readonly model: string;
  readonly version: string | null;
  /** Id of the prediction. */
  readonly id: string | null;
  readonly prediction: string | null;
  /** Calibrated probability of the prediction, 0 to 1. */
  readonly confidence: number | null;
  readonly decision: string | null;
  /** Why there is no answer. */
  readonly problem: string | null;
}

const COLUMNS = [
  'file',
  'model',
  'version',
  'id',
  'prediction',
  'confidence',
  'decision',
  'problem',
] as const satisfies readonly (keyof ExportedResult)[];

/** What came of each question; those that are still open have neither answer nor problem. */
export function exportedResults(asks: readonly Ask[]): ExportedResult[] {
  return asks.map(({ name: file, model, state }) => {
    const answer = state.step === 'answered' ? state.answer : undefined;
    return {
      file,
      model,
      version: answer?.model.version ?? null,
      id: answer?.id ?? null,
      prediction: answer?.prediction ?? null,
      confidence: answer?.confidence ?? null,
      decision: answer?.decision ?? null,
      problem: state.step === 'refused' ? `${state.words.title}. ${state.words.advice}` : null,
    };
  });
}

/**
 * The results as CSV (RFC 4180). A cell that a spreadsheet would take for a formula gets an apostrophe before it: names of files are
 * chosen by others.
 */
export function toCsv(results: readonly ExportedResult[]): string {
  const lines = results.map((result) => COLUMNS.map((column) => cell(result[column])).join(','));
  return [COLUMNS.join(','), ...lines, ''].join('\r\n');
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
