export * from './assay-error.ts';
export * from './problems.ts';
export * from './preprocessing-spec.ts';
export * from './model-manifest.ts';
export * from './golden.ts';
export * from './prediction.ts';
export * from './image-properties.ts';
