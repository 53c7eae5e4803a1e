export type * from './window/drift-window.ts';
