import { AssayError } from '@assay/schema';
import type { Dialect } from './dialect.ts';
import { duckdb } from './duckdb.ts';

/** Names of the reference profile that are columns by another name. */
const columns: Readonly<Record<string, string>> = {
  'image.width': 'input_width',
  'image.height': 'input_height',
  'image.bytes': 'input_bytes',
  'image.format': 'input_format',
  'image.aspect': 'input_properties_aspect',
  'image.brightness': 'input_properties_brightness',
  'image.contrast': 'input_properties_contrast',
  'image.sharpness': 'input_properties_sharpness',
  'image.saturation': 'input_properties_saturation',
  'image.redShare': 'input_properties_red_share',
  'image.greenShare': 'input_properties_green_share',
  'image.blueShare': 'input_properties_blue_share',
  'image.entropy': 'input_properties_entropy',
  'image.jpegQuality': 'input_properties_jpeg_quality',
  confidence: 'answer_confidence',
  margin: 'answer_margin',
  entropy: 'answer_entropy',
  prediction: 'answer_prediction',
  decision: 'answer_decision',
  scopeDistance: 'answer_scope_distance',
  outcome: 'outcome',
  code: 'code',
  client: 'client',
  variant: 'model_variant',
  preprocessing: 'model_preprocessing_digest',
  version: 'model_version',
  label: 'feedback_label',
};

/** How much a prefix takes of the name, and where the rest is looked up. */
const families: readonly { prefix: string; column: string; kind: 'entry' | 'element' }[] = [
  { prefix: 'feature.', column: 'input_features', kind: 'entry' },
  { prefix: 'score.', column: 'answer_scores', kind: 'entry' },
  { prefix: 'stage.', column: 'stages', kind: 'entry' },
  { prefix: 'embedding.', column: 'answer_embedding', kind: 'element' },
];

/** A value of a prediction: the SQL for it, and the columns of `predictions` that it needs. */
export interface FeatureValue {
  sql: string;
  columns: string[];
}

/**
 * A value of a prediction by the name that the reference profile has for it, such as `image.brightness`, `score.cat` or
 * `embedding.3`; also `stage.total` (milliseconds), and `decision`, `outcome`, `code`, `client`, `variant`,
 * `preprocessing` (its digest), `version`, `label` (the truth, by feedback).
 *
 * @throws AssayError `invalid-query` if there is no such value.
 */
export function featureValue(name: string, dialect: Dialect): FeatureValue {
  const value = findValue(name, dialect);
  if (value) return value;
  throw new AssayError(
    'invalid-query',
    `Predictions have no value "${name}"; there are: image.area, ${Object.keys(columns).join(', ')}, ${families.map(({ prefix }) => `${prefix}*`).join(', ')}.`,
  );
}

/** Whether predictions have a value of that name: whether {@link featureValue} knows it. */
export const isFeature = (name: string): boolean => findValue(name, duckdb) !== undefined;

function findValue(name: string, dialect: Dialect): FeatureValue | undefined {
  // The record says width and height, not their product.
  if (name === 'image.area')
    return { sql: 'input_width * input_height', columns: ['input_width', 'input_height'] };
  if (Object.hasOwn(columns, name)) return { sql: columns[name]!, columns: [columns[name]!] };
  for (const { prefix, column, kind } of families) {
    if (!name.startsWith(prefix)) continue;
    const rest = name.slice(prefix.length);
    if (kind === 'entry') return { sql: dialect.mapEntry(column, rest), columns: [column] };
    if (/^\d{1,3}$/.test(rest)) return { sql: dialect.element(column, Number(rest)), columns: [column] };
  }
  return undefined;
}
