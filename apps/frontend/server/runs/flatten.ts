/** What a key can stand for. */
export type Plain = string | number | boolean | null;

/** A nested configuration by dotted key; lists of plain values are one value, as JSON, like they are written in a command. */
export function flatten(value: unknown, path = ''): Record<string, Plain> {
  if (value === undefined) return {};
  if (value === null || typeof value !== 'object') return { [path]: plain(value) };
  if (Array.isArray(value) && value.every((one) => one === null || typeof one !== 'object'))
    return { [path]: JSON.stringify(value) };
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, inner]) => flatten(inner, path === '' ? key : `${path}.${key}`)),
  ) as Record<string, Plain>;
}

/** A value of a sweep's parameter. */
export function plain(value: unknown): Plain {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
    ? (value as Plain)
    : JSON.stringify(value);
}
