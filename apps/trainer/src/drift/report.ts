import { writeFile } from 'node:fs/promises';
import {
  createReporter,
  describeReport,
  openDriftWindows,
  openReportStore,
  parityWithEvidently,
  renderReportPage,
  resolveWindow,
} from '@assay/drift-report';
import { openObjectStore } from '@assay/object-store';
import { openPredictionLog } from '@assay/prediction-log';
import { AssayError, type ParityReport } from '@assay/schema';
import type { CommandContext } from '../command-context.ts';
import { tableOf } from '../log/format-rows.ts';
import { findRegistry } from './find-registry.ts';

/** What `assay drift report` was asked to do. */
export interface DriftReportRequest {
  log: string;
  /** `name` or `name@version`. */
  model: string;
  registries: readonly string[];
  /** Such as `24h`. */
  window: string;
  from?: Date;
  to?: Date;
  json: boolean;
  html?: string;
  parity?: 'evidently';
}

/** Exit status where the window has drifted: neither success nor a failure of the command. */
const DRIFTED = 3;

/**
 * Judges a window, or shows the report that there is of it: the same that drift-service would make and gives, in the same bucket.
 *
 * @throws AssayError `unknown-model`, `unknown-version`, `no-reference-profile`, `invalid-window`; what the log and the store throw.
 */
export async function report(request: DriftReportRequest, { output, exit }: CommandContext): Promise<void> {
  const [model = '', version] = request.model.split('@');
  const registry = await findRegistry(model, request.registries);
  const now = new Date();
  const window = resolveWindow(askedWindow(request, now), { now, span: request.window });
  const store = await openObjectStore(request.log);
  const log = await openPredictionLog(store);
  try {
    const windows = openDriftWindows({ log, store, registry });
    const reporter = createReporter({ windows, registry, store, reports: openReportStore(store) });
    const { report: made } = await reporter.make({ model, version, window });
    const parity =
      request.parity &&
      parityWithEvidently(
        await windows.read({
          model,
          version: made.model.version,
          window: { from: new Date(made.window.from), to: new Date(made.window.to) },
        }),
        made,
      );
    if (request.html !== undefined) {
      await writeFile(request.html, renderReportPage(made));
      output.note(`The report as a page: ${request.html}`);
    }
    if (request.json) output.line(JSON.stringify(parity === undefined ? made : { ...made, parity }));
    else {
      // Of a pipe neither is known, whatever the types say.
      const { isTTY, columns } = process.stdout as { isTTY?: boolean; columns?: number };
      const described = describeReport(made, { width: columns ?? 100, colour: isTTY ?? false });
      for (const line of described.split('\n')) output.line(line);
      if (parity !== undefined) describeParity(parity).forEach((line) => output.line(line));
      output.note(`Kept as ${made.id}`);
    }
    if (made.verdict === 'drifted') exit(DRIFTED);
  } finally {
    await log.close();
  }
}

/** `--from` wins over `--window`; an end alone is counted back from. */
function askedWindow({ window, from, to }: DriftReportRequest, now: Date) {
  if (from === undefined && to === undefined) return window;
  const end = to ?? now;
  if (from === undefined)
    throw new AssayError('invalid-window', 'Expected --from beside --to: when the window begins.');
  return { from: from.toISOString(), to: end.toISOString() };
}

function describeParity({ tool, verdict, driftedShare, driftShareLimit, columns }: ParityReport): string[] {
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  return [
    '',
    `${tool} would say: ${verdict} (${percent(driftedShare)} of the columns, ${percent(driftShareLimit)} make it drifted)`,
    ...tableOf(
      columns.map(({ feature, test, score, threshold, drifted, verdict: ours, why = '' }) => ({
        feature,
        test,
        score: score === null ? null : Number(score.toPrecision(3)),
        threshold,
        says: drifted ? 'drifted' : 'stable',
        assay: ours,
        why,
      })),
    ),
  ];
}
