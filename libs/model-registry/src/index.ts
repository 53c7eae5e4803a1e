export * from './digest.ts';
export type * from './model-package.ts';
export * from './read-package.ts';
export * from './registry.ts';
export type { PackageDraft } from './write-package.ts';
