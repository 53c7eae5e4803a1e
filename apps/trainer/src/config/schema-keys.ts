import { z } from 'zod';

/**
 * The keys that a schema knows at a path: for suggestions beside an unknown key. Where the schema is a union,
 * the keys of all its options.
 */
export function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const objects = schemasAt(schema, path).filter((place) => place instanceof z.ZodObject);
  return [...new Set(objects.flatMap((place) => Object.keys(place.shape)))];
}

/** The fixed values (of `type`, for example) that a schema allows at a path. */
export function valuesAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const literals = schemasAt(schema, path).filter((place) => place instanceof z.ZodLiteral);
  return [...new Set(literals.flatMap((place) => [...place.values].map(String)))];
}

function schemasAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType[] {
  let places = unwrap(schema);
  for (const step of path) places = places.flatMap((place) => stepInto(place, step)).flatMap(unwrap);
  return places;
}

function stepInto(schema: z.ZodType, step: PropertyKey): z.ZodType[] {
  if (schema instanceof z.ZodObject) {
    const inner: unknown = schema.shape[String(step)];
    return inner instanceof z.ZodType ? [inner] : [];
  }
  if (schema instanceof z.ZodArray) return [schema.element as z.ZodType];
  if (schema instanceof z.ZodRecord) return [schema.valueType as z.ZodType];
  return [];
}

function unwrap(schema: z.ZodType): z.ZodType[] {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodLazy
  )
    return unwrap(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodUnion) return (schema.options as z.ZodType[]).flatMap(unwrap);
  if (schema instanceof z.ZodPipe) return unwrap(schema.in as z.ZodType);
  return [schema];
}
