/** A nested value as one level of `a.b.0`: value, leaves only; `undefined` is left out, empty lists are kept. */
export function flatten(value: unknown, separator = '.'): Record<string, string | number | boolean | null> {
  const flat: Record<string, string | number | boolean | null> = {};
  const visit = (path: string, item: unknown) => {
    if (item === undefined) return;
    if (item !== null && typeof item === 'object') {
      const entries = Object.entries(item);
      if (entries.length === 0) flat[path] = Array.isArray(item) ? '[]' : '{}';
      for (const [key, inner] of entries) visit(path === '' ? key : `${path}${separator}${key}`, inner);
    } else flat[path] = isPlain(item) ? item : JSON.stringify(item);
  };
  visit('', value);
  return flat;
}

function isPlain(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** The finite numbers of a nested record as `a/b`: value, as MLflow and W&B group their charts. */
export function flatMetrics(record: unknown): Record<string, number> {
  return Object.fromEntries(
    Object.entries(flatten(record, '/')).filter((entry): entry is [string, number] =>
      Number.isFinite(entry[1]),
    ),
  );
}
