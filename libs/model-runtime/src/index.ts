export * from './session.ts';
export type { SessionOptions } from './session-options.ts';
export * from './tensor.ts';
