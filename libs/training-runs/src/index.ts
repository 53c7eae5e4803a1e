export type * from './epoch-record.ts';
export * from './metric.ts';
export * from './progress-state.ts';
export * from './run-files.ts';
export * from './runs-in.ts';
export * from './stored-run.ts';
export * from './stored-sweep.ts';
export * from './trial-record.ts';
