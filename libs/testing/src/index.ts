export * from './png.ts';
export * from './tiny-models.ts';
export * from './tiny-package.ts';
