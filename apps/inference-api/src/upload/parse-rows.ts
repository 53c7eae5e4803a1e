import { AssayError } from '@assay/schema';

/** What a JSON body holds: one row of features, or several. Whether they are the model's, only the model knows. */
export type JsonRows = { readonly features: unknown } | { readonly rows: readonly unknown[] };

/** What a caller may send. */
const forms =
  '{"features": {"name": number, …}}, the object of features alone, or a list of them ({"rows": […]} or […])';

/**
 * Reads rows of features from JSON: `{"features": {…}}`; or a bare object; or a list of either, bare or as `{"rows": […]}`.
 *
 * @throws AssayError `malformed-json`, or `invalid-features` for anything else and for an empty list
 */
export function parseRows(text: string): JsonRows {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AssayError('malformed-json', `Expected JSON; it cannot be parsed: ${reason}.`, { cause });
  }
  const rows = isObject(content) && Array.isArray(content.rows) ? content.rows : content;
  if (Array.isArray(rows)) {
    if (rows.length > 0) return { rows: rows.map(featuresOf) };
    throw new AssayError('invalid-features', `Expected ${forms}; the list is empty.`);
  }
  if (isObject(content)) return { features: featuresOf(content) };
  throw new AssayError('invalid-features', `Expected ${forms}; received ${text.slice(0, 40)}.`);
}

/** A feature may itself be called "features": then its value is no object. */
function featuresOf(row: unknown): unknown {
  return isObject(row) && isObject(row.features) ? row.features : row;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
