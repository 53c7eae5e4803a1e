/** A nested value as one level of `a.b.0`: value, leaves only; `undefined` is left out, empty lists are kept. */
export function flatten(value: unknown, separator = '.'): Record<string, string | number | boolean | null> {
  const flat: Record<string, string | number | boolean | null> = {};
  const visit = (path: string, item: unknown) => {
    if (item === undefined) return;
    if (item !== null && typeof item === 'object') {
      const entries = Object.entries(item);
      if (entries.length === 0) flat[path] = Array.isArray(item) ? '[]' : '{}';
      for (const [key, inner] of entries) visit(path === '' ? key : `${path}${separator}${key}`, inner);
    } else
      flat[path] =
        item === null || ['string', 'number', 'boolean'].includes(typeof item)
          ? (item as string | number | boolean | null)
          : String(item);
  };
  visit('', value);
  return flat;
}

/** The finite numbers of a nested record as `a/b`: value, as MLflow and W&B group their charts. */
export function flatMetrics(record: unknown): Record<string, number> {
  return Object.fromEntries(
    Object.entries(flatten(record, '/')).filter((entry): entry is [string, number] =>
      Number.isFinite(entry[1]),
    ),
  );
}
