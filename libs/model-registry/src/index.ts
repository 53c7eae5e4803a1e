export { canonicalJson } from '@assay/schema';
export * from './digest.ts';
export * from './model-digest.ts';
export { replaceFile, UNFINISHED } from './durable.ts';
export type * from './model-package.ts';
export * from './read-package.ts';
export * from './registry.ts';
export { listFiles, type PackageDraft } from './write-package.ts';
