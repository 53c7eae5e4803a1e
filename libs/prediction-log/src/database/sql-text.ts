/** A text as an SQL literal, for DuckDB. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A name as an SQL identifier, for DuckDB. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Texts as a list literal, for DuckDB. */
export const listOf = (texts: readonly string[]): string => `[${texts.map(literal).join(', ')}]`;
