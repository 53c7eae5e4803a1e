/** Where `assay train` writes, then what ships with Assay. */
export const defaultRegistries = ['.assay/registry', 'models'] as const;
