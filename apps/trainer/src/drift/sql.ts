import { driftQueries, readReference, resolveWindow } from '@assay/drift-report';
import { bigquery, bigqueryViews } from '@assay/prediction-log';
import type { Output } from '../output.ts';
import { findRegistry } from './find-registry.ts';

/** What `assay drift sql` was asked to do. */
export interface DriftSqlRequest {
  /** `name` or `name@version`. */
  model: string;
  registries: readonly string[];
  /** Such as `24h`. */
  window: string;
  /** `project.dataset`. */
  dataset: string;
  /** Of Pub/Sub's BigQuery subscriptions. */
  predictions: string;
  feedback: string;
  views: boolean;
}

/**
 * Prints the statements that count a window in BigQuery, in the bins of a model's reference.
 *
 * @throws AssayError `unknown-model`, `unknown-version`, `no-reference-profile`.
 */
export async function printSql(request: DriftSqlRequest, output: Output): Promise<void> {
  const { dataset, predictions, feedback } = request;
  const [name = '', version] = request.model.split('@');
  const model = await (await findRegistry(name, request.registries)).resolve(name, version);
  const { reference } = await readReference(model);
  if (request.views)
    for (const view of bigqueryViews({ dataset, tables: { predictions, feedback } }))
      output.line(`${view};\n`);
  const { from, to } = resolveWindow(request.window, { now: new Date(), span: request.window });
  const window = { from: new Date(from), to: new Date(to) };
  const queries = driftQueries(
    { model: model.name, version: model.version, reference, window },
    { dialect: bigquery, table: `${dataset}.predictions` },
  );
  for (const [what, { sql }] of Object.entries(queries) as [string, { sql: string }][])
    output.line(`-- ${what}\n${sql};\n`);
}
