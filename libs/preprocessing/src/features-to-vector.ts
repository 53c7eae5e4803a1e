import { AssayError, type TabularPreprocessingSpec } from '@assay/schema';

/** Names given in full in an error; the rest are counted. */
const namesShown = 10;

/**
 * Brings a row of named numbers to the model's input vector: each value less the feature's mean, divided by its
 * standard deviation. All that is wrong with a row is said at once.
 *
 * @param features - an object with exactly the names of the spec, each a finite number
 * @returns float32, in the order of the spec
 * @throws {AssayError} `invalid-features`, with `missing`, `unknown` and `invalid` names as extensions
 */
export function featuresToVector(features: unknown, spec: TabularPreprocessingSpec): Float32Array {
  if (typeof features !== 'object' || features === null || Array.isArray(features)) {
    throw new AssayError(
      'invalid-features',
      `Expected an object of named numbers (${list(spec.features.map(({ name }) => name))}); received ${describe(features)}.`,
    );
  }
  const row = new Map<string, unknown>(Object.entries(features));
  const expected = new Set(spec.features.map(({ name }) => name));
  const missing = [...expected].filter((name) => !row.has(name));
  const unknown = [...row.keys()].filter((name) => !expected.has(name));
  const invalid = [...expected].filter((name) => row.has(name) && !Number.isFinite(row.get(name)));
  const faults = [
    missing.length > 0 ? `missing: ${list(missing)}` : '',
    unknown.length > 0 ? `unknown: ${list(unknown)}` : '',
    invalid.length > 0
      ? `not a finite number: ${list(invalid.map((name) => `${name} (${describe(row.get(name))})`))}`
      : '',
  ].filter(Boolean);
  if (faults.length > 0) {
    throw new AssayError(
      'invalid-features',
      `Expected a finite number for each of the ${expected.size} features; ${faults.join('; ')}.`,
      { extensions: { missing, unknown, invalid } },
    );
  }
  return Float32Array.from(spec.features, ({ name, mean, std }) => ((row.get(name) as number) - mean) / std);
}

function list(names: readonly string[]): string {
  const rest = names.length - namesShown;
  return names.slice(0, namesShown).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return `the text ${JSON.stringify(value.slice(0, 40))}`;
  if (typeof value === 'boolean') return String(value);
  return Array.isArray(value) ? 'a list' : 'an object';
}
