export { openSession, type Session, type SessionInput } from './session.ts';
export type { SessionOptions } from './session-options.ts';
export * from './run-profile.ts';
export * from './tensor.ts';
export * from './model-pool.ts';
export { shareThreads, type SharedThreads } from './shared-threads.ts';
export type { RunOptions } from './scheduler.ts';
